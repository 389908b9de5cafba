import type { Construct } from 'constructs';
import { deployedDocument, pipelineKey } from '../core/pipeline/pipeline-object';
import type { AlarmSetting } from '../modules/alarms/alarm';
import { DataAlarms } from '../modules/alarms/data-alarms';
import { DeliveryAlarms } from '../modules/alarms/delivery-alarms';
import { FunctionAlarms } from '../modules/alarms/function-alarms';
import { BundledFunction } from '../modules/bundled-function/bundled-function';
import { IngestDashboard } from '../modules/dashboard/ingest-dashboard';
import { DeadLetterQueue } from '../modules/dead-letter-queue/dead-letter-queue';
import { SCHEDULED_TIME, Schedule } from '../modules/schedule/schedule';
import { ScheduleGroup } from '../modules/schedule/schedule-group';
import { EnvironmentStack } from './environment-stack';
import { directIngest } from './ingest/direct-ingest';
import { FRESHNESS, freshnessEnvironment } from './ingest/function-environments';
import {
  functionProps,
  grantsTo,
  type Ingest,
  type IngestContext,
  type WeatherIngestProps,
} from './ingest/ingest-context';
import { orchestratedIngest } from './ingest/orchestrated-ingest';
import { allowWatching } from './ingest/pipeline-grants';
import { PipelineObject } from './ingest/pipeline-object';

/** Five past every hour: the hour of the deadline has begun by then. */
export const FRESHNESS_SCHEDULE = 'cron(5 * * * ? *)';

/** What fills a lake and watches it: may be replaced at any time, and no data is lost. */
export class WeatherIngestStack extends EnvironmentStack {
  private readonly deadLetters: DeadLetterQueue;
  private readonly context: IngestContext;
  private readonly ingest: Ingest;
  private readonly freshness: BundledFunction;

  constructor(
    scope: Construct,
    private readonly props: WeatherIngestProps,
  ) {
    super(scope, `weather-ingest-${props.environment.environment}`, props.environment);
    this.deadLetters = this.makeDeadLetters();
    this.context = this.makeContext();
    this.ingest = this.makeIngest();
    this.freshness = this.makeFreshness();
    this.deployPipeline();
    const group = this.schedule();
    this.raiseAlarms(group);
    this.drawDashboard();
    const { id, value, description } = this.ingest.output;
    this.tell(id, value, description);
  }

  private makeDeadLetters(): DeadLetterQueue {
    return new DeadLetterQueue(this, 'DeadLetters', {
      queueName: `${this.prefix}dead-letters`,
      key: this.props.lake.key,
    });
  }

  private makeContext(): IngestContext {
    const { props, account, prefix, deadLetters } = this;
    return { scope: this, props, account, prefix, deadLetters };
  }

  private makeIngest(): Ingest {
    return this.environment.mode === 'direct' ? directIngest(this.context) : orchestratedIngest(this.context);
  }

  private makeFreshness(): BundledFunction {
    const freshness = new BundledFunction(this, 'Freshness', {
      ...functionProps(this.context, FRESHNESS),
      description: `Counts the days of ${this.props.pipeline.name} that are overdue.`,
      environment: freshnessEnvironment(this.props, this.props.lake),
    });
    allowWatching(grantsTo(freshness, this.context));
    return freshness;
  }

  private deployPipeline(): void {
    const { pipeline, json, lake } = this.props;
    new PipelineObject(this, 'Pipeline', {
      bucket: lake.raw,
      key: pipelineKey(pipeline.name),
      document: deployedDocument(json, pipeline),
    });
  }

  private schedule(): ScheduleGroup {
    const { schedule } = this.environment;
    const groupName = this.prefix.slice(0, -1);
    const group = new ScheduleGroup(this, 'Schedules', { account: this.account, groupName });
    new Schedule(this, 'IngestSchedule', {
      ...this.scheduleProps(group, 'ingest'),
      description: 'Publishes the newest day and looks back.',
      expression: schedule.expression,
      timezone: schedule.timezone,
      flexibleWindowMinutes: schedule.flexible_window_minutes,
      target: this.ingest.target,
    });
    new Schedule(this, 'FreshnessSchedule', {
      ...this.scheduleProps(group, 'freshness'),
      description: 'Looks every hour whether a day is overdue.',
      expression: FRESHNESS_SCHEDULE,
      target: this.freshness,
    });
    return group;
  }

  /** The schedule's role bears its name, and roles have no group: hence the prefix. */
  private scheduleProps(group: ScheduleGroup, purpose: string) {
    return {
      account: this.account,
      group,
      scheduleName: `${this.prefix}${purpose}-schedule`,
      input: { scheduled_time: SCHEDULED_TIME },
      deadLetters: this.deadLetters,
      enabled: this.environment.schedule.enabled,
      key: this.props.lake.key,
      permissionsBoundaryArn: this.environment.permissions_boundary_arn,
    };
  }

  private raiseAlarms(group: ScheduleGroup): void {
    const setting: AlarmSetting = {
      topic: this.props.lake.alerts,
      namePrefix: this.prefix,
      runbookUrl: this.environment.alerts.runbook_url,
    };
    for (const { alarmsId, ...watched } of this.ingest.functions)
      new FunctionAlarms(this, alarmsId, { ...setting, ...watched });
    new FunctionAlarms(this, 'FreshnessAlarms', {
      ...setting,
      target: this.freshness,
      shortName: 'freshness',
      meaning: 'nobody is told when a day is overdue; the data itself is untouched',
    });
    new DeliveryAlarms(this, 'DeliveryAlarms', { ...setting, deadLetters: this.deadLetters, group });
    new DataAlarms(this, 'DataAlarms', { ...setting, ...this.dimensions() });
    this.ingest.raiseAlarms(setting);
  }

  private drawDashboard(): void {
    new IngestDashboard(this, 'Dashboard', {
      region: this.environment.region,
      dashboardName: this.prefix.slice(0, -1),
      ...this.dimensions(),
      ingest: this.ingest.functions.map(({ target }) => target),
      orchestration: this.ingest.orchestration,
      freshness: this.freshness,
      deadLetters: this.deadLetters,
    });
  }

  private dimensions() {
    return {
      environment: this.environment.environment,
      pipeline: this.props.pipeline.name,
      ingestService: this.ingest.service,
      freshnessService: FRESHNESS,
    };
  }
}
