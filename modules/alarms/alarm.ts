import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { Construct } from 'constructs';
import type { AlertTopic } from '../alert-topic/alert-topic';

/** An hour: what runs once a day would be green again in a shorter one before anybody looked. It rises no later for it. */
export const DEFAULT_ALARM_PERIOD_SECONDS = 3600;
/** The most that CloudWatch takes. */
export const MAX_ALARM_DESCRIPTION = 1024;

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

/** A value made of several metrics: `100 * failed / (sent + failed)`. */
export interface MetricExpression {
  readonly expression: string;
  readonly label: string;
  /** Under the names that the expression calls them by. */
  readonly metrics: Readonly<Record<string, AlarmMetric>>;
}

export interface AlarmProps extends AlarmSetting {
  /** Last part of the name: `days-overdue`. */
  readonly name: string;
  readonly text: AlarmText;
  readonly metric: AlarmMetric | MetricExpression;
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
   * Periods looked at.
   * @default 1
   */
  readonly periods?: number;
  /**
   * How many of them must be at or above the threshold.
   * @default all
   */
  readonly breachingPeriods?: number;
  /**
   * What a period without a value counts as.
   * @default notBreaching
   */
  readonly missingData?: 'notBreaching' | 'breaching' | 'missing';
}

/** Tells the topic when it rises and when it is over; its description is what the person on call needs. */
export class Alarm extends Construct {
  constructor(scope: Construct, id: string, props: AlarmProps) {
    super(scope, id);
    const periods = props.periods ?? 1;
    new CloudwatchMetricAlarm(this, 'Alarm', {
      alarmName: `${props.namePrefix}${props.name}`,
      alarmDescription: describe(props.text, props.runbookUrl),
      comparisonOperator: 'GreaterThanOrEqualToThreshold',
      threshold: props.threshold ?? 1,
      ...measured(props.metric, props.periodSeconds ?? DEFAULT_ALARM_PERIOD_SECONDS),
      evaluationPeriods: periods,
      datapointsToAlarm: props.breachingPeriods ?? periods,
      treatMissingData: props.missingData ?? 'notBreaching',
      actionsEnabled: true,
      alarmActions: [props.topic.arn],
      okActions: [props.topic.arn],
    });
  }
}

function measured(metric: AlarmMetric | MetricExpression, period: number) {
  if (!('expression' in metric)) {
    const { namespace, name, statistic, dimensions } = metric;
    return { namespace, metricName: name, statistic, dimensions: { ...dimensions }, period };
  }
  const { expression, label, metrics } = metric;
  const parts = Object.entries(metrics).map(([id, { namespace, name, statistic: stat, dimensions }]) => ({
    id,
    metric: { namespace, metricName: name, stat, dimensions: { ...dimensions }, period },
  }));
  return { metricQuery: [{ id: 'value', expression, label, returnData: true }, ...parts] };
}

function describe({ happened, meaning, firstStep, anchor }: AlarmText, runbookUrl: string): string {
  const description = [
    `What happened: ${happened}.`,
    `For readers: ${meaning}.`,
    `First step: ${firstStep}.`,
    `Runbook: ${runbookUrl}#${anchor}`,
  ].join('\n');
  if (description.length > MAX_ALARM_DESCRIPTION) {
    throw new Error(
      `The description of the alarm for ${anchor} has ${description.length} characters; CloudWatch takes ${MAX_ALARM_DESCRIPTION}. Shorten its sentences.`,
    );
  }
  return description;
}
