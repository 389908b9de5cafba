import { Construct } from 'constructs';
import type { BundledFunction } from '../bundled-function/bundled-function';
import type { AlarmSetting } from './alarm';

/** Share of its time limit from which a function is said to come near it. */
export const DURATION_NEAR_LIMIT = 0.8;

export interface FunctionAlarmsProps extends AlarmSetting {
  readonly target: BundledFunction;
  /** Name of the function in the alarms' names: `ingest`. */
  readonly shortName: string;
  /** What it means for readers that the function does not do its work, as a sentence without its full stop. */
  readonly meaning: string;
}

/** Errors, throttles, duration near the limit, and failed events that could not be put in the failure queue. */
export class FunctionAlarms extends Construct {
  constructor(scope: Construct, id: string, _props: FunctionAlarmsProps) {
    super(scope, id);
  }
}
