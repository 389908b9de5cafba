import { join } from 'node:path';
import type { Construct } from 'constructs';
import type { AlarmSetting } from '../../modules/alarms/alarm';
import type { BundledFunction, BundledFunctionProps } from '../../modules/bundled-function/bundled-function';
import type { IngestDashboardProps } from '../../modules/dashboard/ingest-dashboard';
import type { DeadLetterQueue } from '../../modules/dead-letter-queue/dead-letter-queue';
import type { DeploymentAccount } from '../../modules/deployment-account/deployment-account';
import type { ScheduleTarget } from '../../modules/schedule/schedule-target';
import type { Deployment } from '../deployment';
import type { WeatherLakeStack } from '../weather-lake-stack';
import type { PipelineGrants } from './pipeline-grants';

export interface WeatherIngestProps extends Deployment {
  /** The lake of the same environment. */
  readonly lake: WeatherLakeStack;
  /** Folder of the functions' zips, `<function>.zip`. */
  readonly bundles: string;
}

/** What the parts of an ingest are made in and with. */
export interface IngestContext {
  /** The stack: what a mode makes lies in it by its own name, so that nothing moves when a mode is added. */
  readonly scope: Construct;
  readonly props: WeatherIngestProps;
  readonly account: DeploymentAccount;
  /** What every physical name begins with, `-` included. */
  readonly prefix: string;
  readonly deadLetters: DeadLetterQueue;
}

/** A function with what its alarms say. */
export interface WatchedFunction {
  /** Of the construct of its alarms: `IngestAlarms`. */
  readonly alarmsId: string;
  readonly target: BundledFunction;
  /** Name of the function in the alarms' names: `ingest`. */
  readonly shortName: string;
  /** What it means for readers when the function does not do its work; a sentence without its full stop. */
  readonly meaning: string;
  /** Whether a state machine tries it again. Default: false. */
  readonly isRetried?: boolean;
  /** How the function is called. Default: event. */
  readonly invocation?: 'event' | 'synchronous';
}

/** What fills the lake, in either mode. */
export interface Ingest {
  /** What the schedule starts. */
  readonly target: ScheduleTarget;
  readonly functions: readonly WatchedFunction[];
  /** Service of the metrics about days, rows and requests. */
  readonly service: string;
  /** What the dashboard shows of it beside its functions. */
  readonly orchestration?: IngestDashboardProps['orchestration'];
  /** Raises the alarms that only this mode has. */
  raiseAlarms(setting: AlarmSetting): void;
  /** What whoever deploys is told of it. */
  readonly output: { readonly id: string; readonly value: string; readonly description: string };
}

/** What a function reserves of the account's concurrency, where the environment lets it. */
export function reservationOf({ environment }: Deployment, calls?: number) {
  if (!environment.function.reserve_concurrency) return { reservedConcurrency: 'none' } as const;
  return calls === undefined ? {} : { reservedConcurrency: calls };
}

/** What all functions have in common. */
export function functionProps({ props, account, prefix, deadLetters }: IngestContext, name: string) {
  const { environment, lake, bundles } = props;
  return {
    account,
    functionName: `${prefix}${name}`,
    zipPath: join(bundles, `${name}.zip`),
    failureQueue: deadLetters,
    logRetentionDays: environment.retention.log_days,
    key: lake.key,
    permissionsBoundaryArn: environment.permissions_boundary_arn,
    ...reservationOf(props),
  } satisfies Partial<BundledFunctionProps>;
}

/** What a function may be granted of the lake. */
export function grantsTo(target: BundledFunction, { props }: IngestContext): PipelineGrants {
  const { pipeline, lake } = props;
  return { target, pipeline, raw: lake.raw, processed: lake.processed };
}
