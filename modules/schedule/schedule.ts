import { Construct } from 'constructs';
import type { BundledFunction } from '../bundled-function/bundled-function';
import type { DeadLetterQueue } from '../dead-letter-queue/dead-letter-queue';
import type { DeploymentAccount } from '../deployment-account/deployment-account';
import type { EncryptionKey } from '../encryption-key/encryption-key';
import type { ScheduleGroup } from './schedule-group';

export const DEFAULT_TIMEZONE = 'UTC';
/** Minutes after its time within which the event may be sent; 0 sends it at once. */
export const DEFAULT_FLEXIBLE_WINDOW_MINUTES = 0;
/** Further tries to hand the event over. */
export const DEFAULT_DELIVERY_ATTEMPTS = 10;
/** Age at which an event that cannot be handed over becomes a dead letter: one hour. */
export const DEFAULT_DELIVERY_AGE_SECONDS = 3600;
/** EventBridge Scheduler puts the time of the schedule in its place. */
export const SCHEDULED_TIME = '<aws.scheduler.scheduled-time>';

export interface ScheduleProps {
  readonly account: DeploymentAccount;
  readonly group: ScheduleGroup;
  readonly scheduleName: string;
  /** What happens then, for the console. */
  readonly description: string;
  /** `cron(30 10 * * ? *)`, `rate(1 hour)`. */
  readonly expression: string;
  readonly target: BundledFunction;
  /** The event, written as it stands; `SCHEDULED_TIME` in it becomes the time of the schedule. */
  readonly input: Readonly<Record<string, unknown>>;
  /** Where an event goes that could not be handed to the function. */
  readonly deadLetters: DeadLetterQueue;
  /**
   * IANA time zone in which the expression is read.
   * @default DEFAULT_TIMEZONE
   */
  readonly timezone?: string;
  /** @default DEFAULT_FLEXIBLE_WINDOW_MINUTES */
  readonly flexibleWindowMinutes?: number;
  /** @default DEFAULT_DELIVERY_ATTEMPTS */
  readonly maxAttempts?: number;
  /** @default DEFAULT_DELIVERY_AGE_SECONDS */
  readonly maxAgeSeconds?: number;
  /**
   * `false` keeps the schedule and sends nothing.
   * @default true
   */
  readonly enabled?: boolean;
  /**
   * Encrypts the schedule with this key.
   * @default a key of the service
   */
  readonly key?: EncryptionKey | undefined;
  /**
   * The most that the schedule's role may ever do.
   * @default no boundary
   */
  readonly permissionsBoundaryArn?: string | undefined;
}

/** Calls one function by the clock, with a role of its own that may do only that. */
export class Schedule extends Construct {
  readonly scheduleName: string = '';
  constructor(scope: Construct, id: string, _props: ScheduleProps) {
    super(scope, id);
  }
}
