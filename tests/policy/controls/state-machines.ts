import type { Control } from './control';
import { allowing, list, mayDo, policy } from './statements';

const machines = { types: ['aws_sfn_state_machine'] };
const breaking = (config: Readonly<Record<string, unknown>>) => ({ type: 'aws_sfn_state_machine', config });
/** Visibility times of a queue that are a function's time limit. */
const VISIBILITY_PER_TIMEOUT = 6;

type Settings = Readonly<Record<string, unknown>>;

export const STATE_MACHINE_CONTROLS: readonly Control[] = [
  {
    ...machines,
    ids: ['CKV_AWS_284'],
    rule: 'a state machine is traced',
    holds: ({ config }) => (config.tracing_configuration as Settings | undefined)?.enabled === true,
    breaks: breaking({ tracing_configuration: { enabled: false } }),
  },
  {
    ...machines,
    ids: ['StepFunctions.1', 'SF1'],
    rule: 'a state machine writes down every step, to a log group that is there',
    holds: ({ config, stack }, stacks) => {
      const { level, log_destination } = (config.logging_configuration ?? {}) as Settings;
      const groups = Object.keys(stacks.get(stack)!.resource.aws_cloudwatch_log_group ?? {});
      return level === 'ALL' && groups.some((name) => String(log_destination).includes(`.${name}.`));
    },
    breaks: breaking({ logging_configuration: { level: 'ERROR' } }),
  },
  {
    ...machines,
    ids: ['CKV_AWS_285'],
    rule: 'a state machine writes the data of its executions down',
    holds: ({ config }) =>
      (config.logging_configuration as Settings | undefined)?.include_execution_data === true,
    breaks: breaking({}),
  },
  {
    ...machines,
    ids: ['execution-ends'],
    rule: 'an execution, and every task that waits for its token, has an end',
    holds: ({ config }) => {
      const text = String(config.definition);
      const waiting = text.match(/waitForTaskToken/g)?.length ?? 0;
      const limited = text.match(/"TimeoutSeconds":\d+/g)?.length ?? 0;
      return 'TimeoutSeconds' in JSON.parse(text) && limited > waiting;
    },
    breaks: breaking({ definition: '{"States":{"Wait":{"Resource":"sqs:sendMessage.waitForTaskToken"}}}' }),
  },
  {
    ...machines,
    ids: ['alarms-of-executions'],
    rule: 'a state machine has alarms for executions that fail, run out of time, or are throttled',
    holds: ({ name, stack }, stacks) => {
      const alarms = Object.values(stacks.get(stack)!.resource.aws_cloudwatch_metric_alarm ?? {});
      const own = alarms.filter(({ dimensions }) =>
        String((dimensions as Settings | undefined)?.StateMachineArn).includes(`.${name}.`),
      );
      return ['ExecutionsFailed', 'ExecutionsTimedOut', 'ExecutionThrottled'].every((metric) =>
        own.some(({ metric_name }) => metric_name === metric),
      );
    },
    breaks: { type: 'aws_cloudwatch_metric_alarm', config: { metric_name: 'ExecutionsFailed' } },
  },
  {
    types: ['aws_iam_role_policy'],
    concerns: ({ name }) => name.startsWith('StateMachine_'),
    ids: ['own-functions'],
    rule: 'a state machine calls functions that are named, and starts executions of itself alone',
    holds: (resource) =>
      allowing(resource)
        .filter((statement) => mayDo(statement, ['lambda:InvokeFunction', 'states:StartExecution']))
        .every(({ Resource: resources }) =>
          list(resources).every((arn) => /^\$\{aws_lambda_function\.|:stateMachine:[a-z-]+$/.test(arn)),
        ),
    breaks: { type: 'aws_iam_role_policy', config: policy({ Action: 'lambda:InvokeFunction' }) },
  },
  {
    types: ['aws_lambda_event_source_mapping'],
    ids: ['partial-batches'],
    rule: 'a function that receives messages says which of them stay, and is not called beyond its concurrency',
    holds: ({ config }) =>
      list(config.function_response_types as string[]).includes('ReportBatchItemFailures') &&
      Number((config.scaling_config as Settings | undefined)?.maximum_concurrency) > 0,
    breaks: { type: 'aws_lambda_event_source_mapping', config: { function_response_types: [] } },
  },
  {
    types: ['aws_lambda_event_source_mapping'],
    ids: ['visibility-time'],
    rule: 'a message that was received stays hidden for six times the time limit of its function',
    holds: ({ config, stack }, stacks) => {
      const { aws_sqs_queue: queues = {}, aws_lambda_function: functions = {} } = stacks.get(stack)!.resource;
      const [, queue] = Object.entries(queues).find(([name]) =>
        String(config.event_source_arn).includes(`.${name}.`),
      )!;
      const lambda = Object.values(functions).find(
        ({ function_name }) => function_name === config.function_name,
      )!;
      return Number(queue.visibility_timeout_seconds) >= VISIBILITY_PER_TIMEOUT * Number(lambda.timeout);
    },
    breaks: { type: 'aws_sqs_queue', config: { visibility_timeout_seconds: 30 } },
  },
];
