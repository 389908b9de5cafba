import { Construct } from 'constructs';
import { Alarm, type AlarmMetric, type AlarmSetting } from './alarm';
import { dataMetric } from './data-metric';

/** Rows quarantined within an hour from which somebody is told. */
export const DEFAULT_QUARANTINE_THRESHOLD = 1;
/** Hours in a row that must be overdue: one that is late by minutes wakes nobody. */
export const OVERDUE_HOURS = 2;

export interface DataAlarmsProps extends AlarmSetting {
  readonly environment: string;
  /** Name of the pipeline. */
  readonly pipeline: string;
  /** `POWERTOOLS_SERVICE_NAME` of the function that ingests. */
  readonly ingestService: string;
  /** `POWERTOOLS_SERVICE_NAME` of the function that watches freshness. */
  readonly freshnessService: string;
  /**
   * Rows quarantined within an hour from which the alarm rises.
   * @default DEFAULT_QUARANTINE_THRESHOLD
   */
  readonly quarantineThreshold?: number;
}

/** Days overdue, days that failed, and quarantined rows: what the functions say of the data themselves. */
export class DataAlarms extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: DataAlarmsProps,
  ) {
    super(scope, id);
    this.overdue();
    this.failedDays();
    this.quarantined();
  }

  private overdue(): void {
    const { environment, pipeline, freshnessService: service } = this.props;
    new Alarm(this, 'DaysOverdue', {
      ...this.props,
      name: 'days-overdue',
      metric: dataMetric('DaysOverdue', 'Maximum', { service, environment, pipeline }),
      periods: OVERDUE_HOURS,
      missingData: 'breaching',
      text: {
        happened: `the newest day due of ${pipeline} has no manifest, or nobody looked for it`,
        meaning: 'the tables end before yesterday; what is there is whole and right',
        firstStep: `find first_missing_date in the log of ${service}, then the run of that day`,
        anchor: 'days-overdue',
      },
    });
  }

  private failedDays(): void {
    new Alarm(this, 'DaysFailed', {
      ...this.props,
      name: 'days-failed',
      metric: this.ingestMetric('DaysFailed'),
      text: {
        happened: `a run of ${this.props.pipeline} could not publish all of its days`,
        meaning: 'a day that failed is missing or is still its former version; the others are published',
        firstStep: 'read in the log which days failed and with which kind of error',
        anchor: 'days-failed',
      },
    });
  }

  private quarantined(): void {
    const threshold = this.props.quarantineThreshold ?? DEFAULT_QUARANTINE_THRESHOLD;
    new Alarm(this, 'RowsQuarantined', {
      ...this.props,
      name: 'rows-quarantined',
      metric: this.ingestMetric('RowsQuarantined'),
      threshold,
      text: {
        happened: `a run of ${this.props.pipeline} took ${threshold} or more values out as implausible or incomplete`,
        meaning:
          'the day is published with null in their place; the values lie in quarantine with their reason',
        firstStep: "read the quarantine object of the day, then compare with the source's own page",
        anchor: 'rows-quarantined',
      },
    });
  }

  private ingestMetric(name: string): AlarmMetric {
    const { environment, pipeline, ingestService: service } = this.props;
    return dataMetric(name, 'Sum', { service, environment, pipeline });
  }
}
