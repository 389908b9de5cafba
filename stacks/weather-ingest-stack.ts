import { join } from 'node:path';
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
import type { Deployment } from './deployment';
import { EnvironmentStack } from './environment-stack';
import {
  apiKeySecret,
  FRESHNESS,
  freshnessEnvironment,
  INGEST,
  ingestEnvironment,
} from './function-environments';
import { allowIngest, allowWatching, type PipelineGrants } from './pipeline-grants';
import { PipelineObject } from './pipeline-object';
import type { WeatherLakeStack } from './weather-lake-stack';

/** Five past every hour: the hour of the deadline has begun by then. */
export const FRESHNESS_SCHEDULE = 'cron(5 * * * ? *)';

export interface WeatherIngestProps extends Deployment {
  /** The lake of the same environment. */
  readonly lake: WeatherLakeStack;
  /** Folder of the functions' zips, `<function>.zip`. */
  readonly bundles: string;
}

/** What fills a lake and watches it: may be replaced at any time, and no data is lost. */
export class WeatherIngestStack extends EnvironmentStack {
  private readonly deadLetters: DeadLetterQueue;
  private readonly ingest: BundledFunction;
  private readonly freshness: BundledFunction;

  constructor(
    scope: Construct,
    private readonly props: WeatherIngestProps,
  ) {
    super(scope, `weather-ingest-${props.environment.environment}`, props.environment);
    this.deadLetters = this.makeDeadLetters();
    this.ingest = this.makeIngest();
    this.freshness = this.makeFreshness();
    this.deployPipeline();
    const group = this.schedule();
    this.raiseAlarms(group);
    this.drawDashboard();
    this.tell('IngestFunction', this.ingest.functionName, 'Function to invoke for a run by hand.');
  }

  private makeDeadLetters(): DeadLetterQueue {
    return new DeadLetterQueue(this, 'DeadLetters', {
      queueName: `${this.prefix}dead-letters`,
      key: this.props.lake.key,
    });
  }

  private makeIngest(): BundledFunction {
    const { memory_mib, timeout_seconds } = this.environment.function;
    const ingest = new BundledFunction(this, 'Ingest', {
      ...this.functionProps(INGEST),
      description: `Publishes the weather of ${this.props.pipeline.name}, day by day.`,
      environment: ingestEnvironment(this.props, this.props.lake),
      memoryMib: memory_mib,
      timeoutSeconds: timeout_seconds,
    });
    allowIngest(this.grants(ingest));
    const secret = apiKeySecret(this.props);
    if (secret !== undefined) ingest.grantSecret(secret);
    return ingest;
  }

  private makeFreshness(): BundledFunction {
    const freshness = new BundledFunction(this, 'Freshness', {
      ...this.functionProps(FRESHNESS),
      description: `Counts the days of ${this.props.pipeline.name} that are overdue.`,
      environment: freshnessEnvironment(this.props, this.props.lake),
    });
    allowWatching(this.grants(freshness));
    return freshness;
  }

  private functionProps(name: string) {
    return {
      account: this.account,
      functionName: `${this.prefix}${name}`,
      zipPath: join(this.props.bundles, `${name}.zip`),
      failureQueue: this.deadLetters,
      logRetentionDays: this.environment.retention.log_days,
      key: this.props.lake.key,
      permissionsBoundaryArn: this.environment.permissions_boundary_arn,
    };
  }

  private grants(target: BundledFunction): PipelineGrants {
    const { pipeline, lake } = this.props;
    return { target, pipeline, raw: lake.raw, processed: lake.processed };
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
      target: this.ingest,
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
    new FunctionAlarms(this, 'IngestAlarms', {
      ...setting,
      target: this.ingest,
      shortName: 'ingest',
      meaning: 'days may be missing; what is published stays whole',
    });
    new FunctionAlarms(this, 'FreshnessAlarms', {
      ...setting,
      target: this.freshness,
      shortName: 'freshness',
      meaning: 'nobody is told when a day is overdue; the data itself is untouched',
    });
    new DeliveryAlarms(this, 'DeliveryAlarms', { ...setting, deadLetters: this.deadLetters, group });
    new DataAlarms(this, 'DataAlarms', { ...setting, ...this.dimensions() });
  }

  private drawDashboard(): void {
    new IngestDashboard(this, 'Dashboard', {
      region: this.environment.region,
      dashboardName: this.prefix.slice(0, -1),
      ...this.dimensions(),
      ingest: this.ingest,
      freshness: this.freshness,
      deadLetters: this.deadLetters,
    });
  }

  private dimensions() {
    return {
      environment: this.environment.environment,
      pipeline: this.props.pipeline.name,
      ingestService: INGEST,
      freshnessService: FRESHNESS,
    };
  }
}
