import { stagingPrefix } from '../../core/keys/processed-keys';
import { requestAge } from '../../modules/alarms/data-metric';
import { ExecutionAlarms } from '../../modules/alarms/execution-alarms';
import { RequestAlarms } from '../../modules/alarms/request-alarms';
import { BufferedQueue } from '../../modules/buffered-queue/buffered-queue';
import { StateMachine } from '../../modules/state-machine/state-machine';
import type { Ingest, IngestContext, WatchedFunction } from './ingest-context';
import { INGEST_WEATHER } from './run-definition';
import { FETCH, PUBLISH } from './run-environments';
import { fetchTimeout, makeRunFunctions, type RunFunctions } from './run-functions';

/** A state machine plans a run, sends its requests through a queue, and publishes date by date. */
export function orchestratedIngest(context: IngestContext): Ingest {
  const { scope, props, prefix } = context;
  const buffer = new BufferedQueue(scope, 'Requests', {
    name: `${prefix}requests`,
    consumerTimeoutSeconds: fetchTimeout(props),
    key: props.lake.key,
  });
  const functions = makeRunFunctions(context, buffer);
  const machine = makeStateMachine(context, functions, buffer);
  machine.allowEndTasks(functions.fetch.role);
  buffer.deliverTo(functions.fetch, props.pipeline.source.concurrency);
  const pipeline = props.pipeline.name;
  const { environment } = props.environment;
  return {
    target: machine,
    functions: watched(functions),
    service: PUBLISH,
    orchestration: {
      machine,
      buffer,
      requestAge: requestAge({ service: FETCH, environment, pipeline }),
    },
    raiseAlarms: (setting) => {
      new ExecutionAlarms(scope, 'ExecutionAlarms', { ...setting, machine });
      const scoped = { environment, pipeline, ingestService: PUBLISH, fetchService: FETCH };
      new RequestAlarms(scope, 'RequestAlarms', { ...setting, ...scoped, buffer });
    },
    output: {
      id: 'IngestStateMachine',
      value: machine.arn,
      description: 'State machine to start for a run by hand.',
    },
  };
}

function makeStateMachine(
  { scope, props, account, prefix }: IngestContext,
  { plan, transform, publish }: RunFunctions,
  buffer: BufferedQueue,
): StateMachine {
  const { environment, lake, pipeline } = props;
  return new StateMachine(scope, 'StateMachine', {
    account,
    machineName: `${prefix}ingest`,
    definition: INGEST_WEATHER,
    values: {
      partition: account.partition,
      plan_function: plan.arn,
      transform_function: transform.arn,
      publish_function: publish.arn,
      buffer_url: buffer.url,
    },
    functions: [plan, transform, publish],
    buffer,
    items: { bucket: lake.processed, keys: [`${stagingPrefix(pipeline.name)}*`] },
    logRetentionDays: environment.retention.log_days,
    key: lake.key,
    permissionsBoundaryArn: environment.permissions_boundary_arn,
  });
}

/** The state machine and the queue wait for each call to end: Lambda keeps none of their events. */
function watched({ plan, fetch, transform, publish }: RunFunctions): WatchedFunction[] {
  const unplanned = 'no day of the run is published';
  const lacking = 'days may be partial or missing; what is published stays whole';
  const step = { meaning: lacking, invocation: 'synchronous', isRetried: true } as const;
  return [
    { ...step, alarmsId: 'PlanAlarms', target: plan, shortName: 'plan', meaning: unplanned },
    { ...step, alarmsId: 'FetchAlarms', target: fetch, shortName: 'fetch', isRetried: false },
    { ...step, alarmsId: 'TransformAlarms', target: transform, shortName: 'transform' },
    { ...step, alarmsId: 'PublishAlarms', target: publish, shortName: 'publish' },
  ];
}
