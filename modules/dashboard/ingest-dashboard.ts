import { CloudwatchDashboard } from '@cdktf/provider-aws/lib/cloudwatch-dashboard';
import { Construct } from 'constructs';
import type { AlarmMetric } from '../alarms/alarm';
import { dataMetric } from '../alarms/data-metric';
import { messagesVisible } from '../alarms/queue-metric';
import type { BundledFunction } from '../bundled-function/bundled-function';
import type { DeadLetterQueue } from '../dead-letter-queue/dead-letter-queue';
import { type Orchestration, orchestrationWidgets } from './orchestration-widgets';
import { dashboardBody, graph, logTable, type Widget } from './widgets';

const HOUR = 3600;
const DAY = 86_400;
const ERROR_QUERY = [
  'fields @timestamp, service, message, pipeline, batch_date, stage, error.name, error.message',
  'filter level in ["ERROR", "CRITICAL"]',
  'sort @timestamp desc',
  'limit 50',
].join(' | ');

export interface IngestDashboardProps {
  readonly region: string;
  readonly dashboardName: string;
  readonly environment: string;
  /** Name of the pipeline. */
  readonly pipeline: string;
  /** What ingests, in the order of a run. */
  readonly ingest: readonly BundledFunction[];
  readonly freshness: BundledFunction;
  /** `POWERTOOLS_SERVICE_NAME` of the function that ingests. */
  readonly ingestService: string;
  /** `POWERTOOLS_SERVICE_NAME` of the function that watches freshness. */
  readonly freshnessService: string;
  readonly deadLetters: DeadLetterQueue;
  /**
   * The state machine of its runs, and the queue of their requests.
   * @default a run is one function
   */
  readonly orchestration?: Orchestration | undefined;
}

/** One page: is the data there, is it good, and if not, what broke. */
export class IngestDashboard extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: IngestDashboardProps,
  ) {
    super(scope, id);
    new CloudwatchDashboard(this, 'Dashboard', {
      dashboardName: props.dashboardName,
      dashboardBody: dashboardBody([
        [this.freshness(), this.days()],
        [this.rows(), this.requests()],
        [this.duration(), this.failures(), this.deadLetters()],
        ...this.orchestration(),
        [this.errors()],
      ]),
    });
  }

  private freshness(): Widget {
    const { freshnessService: service, environment, pipeline } = this.props;
    const metrics = [dataMetric('DaysOverdue', 'Maximum', { service, environment, pipeline })];
    return this.graph('Days overdue', metrics, HOUR, { label: 'overdue', value: 1 });
  }

  private days(): Widget {
    const names = ['DaysPublished', 'DaysUnchanged', 'DaysPartial', 'DaysFailed'];
    return this.graph('Days of the runs', this.ingestMetrics(names), DAY);
  }

  private rows(): Widget {
    return this.graph('Rows', this.ingestMetrics(['RowsPublished', 'RowsQuarantined']), DAY);
  }

  private requests(): Widget {
    return this.graph('Requests', this.ingestMetrics(['RequestsSent', 'RequestsFailed']), DAY);
  }

  private duration(): Widget {
    const { ingest } = this.props;
    const longest = Math.max(...ingest.map(({ timeoutSeconds }) => timeoutSeconds));
    const limit = { label: 'time limit', value: longest * 1000 };
    const metrics = ingest.map((target) => lambda('Duration', 'Maximum', target));
    return this.graph('Duration of the ingest', metrics, HOUR, limit);
  }

  private failures(): Widget {
    const metrics = this.functions().flatMap((target) => [
      lambda('Errors', 'Sum', target),
      lambda('Throttles', 'Sum', target),
    ]);
    return this.graph('Errors and throttles', metrics, HOUR);
  }

  private deadLetters(): Widget {
    return this.graph('Dead letters', [messagesVisible(this.props.deadLetters.queueName)], HOUR);
  }

  private orchestration(): Widget[][] {
    const { orchestration, region } = this.props;
    return orchestration ? [orchestrationWidgets(orchestration, region)] : [];
  }

  private errors(): Widget {
    const groups = this.functions().map(({ logGroupName }) => logGroupName);
    return logTable('Last errors', this.props.region, groups, ERROR_QUERY);
  }

  private functions(): readonly BundledFunction[] {
    return [...this.props.ingest, this.props.freshness];
  }

  private ingestMetrics(names: readonly string[]): readonly AlarmMetric[] {
    const { ingestService: service, environment, pipeline } = this.props;
    return names.map((name) => dataMetric(name, 'Sum', { service, environment, pipeline }));
  }

  private graph(
    title: string,
    metrics: readonly AlarmMetric[],
    periodSeconds: number,
    line?: { readonly label: string; readonly value: number },
  ): Widget {
    return graph({ title, region: this.props.region, metrics, periodSeconds, ...(line && { line }) });
  }
}

function lambda(name: string, statistic: AlarmMetric['statistic'], target: BundledFunction): AlarmMetric {
  return { namespace: 'AWS/Lambda', name, statistic, dimensions: { FunctionName: target.functionName } };
}
