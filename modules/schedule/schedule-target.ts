import type { ServiceRole } from '../service-role/service-role';

/** What a schedule can start. */
export interface ScheduleTarget {
  readonly arn: string;
  /** Lets this role start it, and nothing else. */
  allowStart(role: ServiceRole): void;
}
