import { Construct } from 'constructs';
import type { AlertTopic } from '../alert-topic/alert-topic';

/** What the person on call reads first. Sentences without their full stop. */
export interface AlarmText {
  /** What happened. */
  readonly happened: string;
  /** What it means for readers of the data. */
  readonly meaning: string;
  /** The first thing to do. */
  readonly firstStep: string;
  /** Heading of the runbook's section, as its anchor: `days-overdue`. */
  readonly anchor: string;
}

/** What all alarms of an environment have in common. */
export interface AlarmSetting {
  readonly topic: AlertTopic;
  /** What their names begin with, `-` included. */
  readonly namePrefix: string;
  /** Address of the runbook, without anchor. */
  readonly runbookUrl: string;
}

export interface AlarmMetric {
  readonly namespace: string;
  readonly name: string;
  readonly statistic: 'Sum' | 'Maximum' | 'Minimum' | 'Average';
  readonly dimensions: Readonly<Record<string, string>>;
}

export interface AlarmProps extends AlarmSetting {
  /** Last part of the name: `days-overdue`. */
  readonly name: string;
  readonly text: AlarmText;
  readonly metric: AlarmMetric;
  /**
   * The alarm rises at this value and above.
   * @default 1
   */
  readonly threshold?: number;
  /**
   * Length of one period.
   * @default DEFAULT_ALARM_PERIOD_SECONDS
   */
  readonly periodSeconds?: number;
  /**
   * Periods looked at, all of which must be at or above the threshold.
   * @default 1
   */
  readonly periods?: number;
  /**
   * What a period without a value counts as.
   * @default notBreaching
   */
  readonly missingData?: 'notBreaching' | 'breaching' | 'missing';
}

export const DEFAULT_ALARM_PERIOD_SECONDS = 300;
/** The most that CloudWatch takes. */
export const MAX_ALARM_DESCRIPTION = 1024;

export class Alarm extends Construct {
  readonly arn: string = '';
  constructor(scope: Construct, id: string, _props: AlarmProps) {
    super(scope, id);
  }
}
