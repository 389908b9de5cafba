import { type Control, companions, type Resource, WHOLE_STACK } from './control';

const functions = { types: ['aws_lambda_function'] };
const breaking = (config: Readonly<Record<string, unknown>>) => ({ type: 'aws_lambda_function', config });
const variablesOf = ({ config }: Resource) =>
  (config.environment as { readonly variables?: Readonly<Record<string, string>> } | undefined)?.variables ??
  {};

/** Those that AWS supports longest. */
const SUPPORTED_RUNTIMES = ['nodejs22.x', 'nodejs24.x'];
const SECRET = /AKIA[0-9A-Z]{16}|(^|[^A-Za-z0-9])[A-Za-z0-9]{32,}($|[^A-Za-z0-9])/;

export const LAMBDA_CONTROLS: readonly Control[] = [
  {
    ...functions,
    ids: ['CKV_AWS_115'],
    rule: 'a function has a reserved concurrency',
    holds: ({ config }) => Number(config.reserved_concurrent_executions) > 0,
    breaks: breaking({ reserved_concurrent_executions: undefined }),
  },
  {
    ...functions,
    ids: ['CKV_AWS_116'],
    rule: 'a function has a dead-letter queue',
    holds: ({ config }) => config.dead_letter_config !== undefined,
    breaks: breaking({}),
  },
  {
    ...functions,
    ids: ['failure-destination'],
    rule: 'an event that a function fails on for good goes to a queue',
    holds: (lambda, stacks) =>
      companions(lambda, stacks, 'aws_lambda_function_event_invoke_config', 'function_name').some(
        ({ destination_config }) => JSON.stringify(destination_config ?? {}).includes('aws_sqs_queue.'),
      ),
    breaks: { type: 'aws_lambda_function_event_invoke_config', config: { destination_config: undefined } },
  },
  {
    ...functions,
    ids: ['CKV_AWS_50', 'AWS-0066'],
    rule: 'a function is traced',
    holds: ({ config }) => JSON.stringify(config.tracing_config) === '{"mode":"Active"}',
    breaks: breaking({ tracing_config: { mode: 'PassThrough' } }),
  },
  {
    ...functions,
    ids: ['CKV_AWS_173'],
    rule: "a function's environment is under the project's key",
    holds: ({ config }) => config.kms_key_arn !== undefined,
    breaks: breaking({ kms_key_arn: undefined }),
  },
  {
    ...functions,
    ids: ['CKV_AWS_45'],
    rule: "no secret lies in a function's environment",
    holds: (lambda) => Object.values(variablesOf(lambda)).every((value) => !SECRET.test(value)),
    breaks: breaking({ environment: { variables: { API_KEY: 'AKIAABCDEFGHIJKLMNOP' } } }),
  },
  {
    ...functions,
    ids: ['CKV_AWS_363', 'Lambda.2', 'L1'],
    rule: 'a function runs on a runtime that AWS supports',
    holds: ({ config }) => SUPPORTED_RUNTIMES.includes(String(config.runtime)),
    breaks: breaking({ runtime: 'nodejs20.x' }),
  },
  {
    types: [WHOLE_STACK],
    ids: ['CKV_AWS_364', 'AWS-0067', 'CKV_AWS_301', 'Lambda.1'],
    rule: 'a function is called by roles of the account alone: no permission opens it to a service or to anybody',
    holds: ({ config }) => !('aws_lambda_permission' in (config.resource as object)),
    breaks: {
      type: WHOLE_STACK,
      config: { resource: { aws_lambda_permission: { Open: { principal: '*' } } } },
    },
  },
  {
    types: [WHOLE_STACK],
    ids: ['CKV_AWS_258'],
    rule: 'a function has no URL',
    holds: ({ config }) => !('aws_lambda_function_url' in (config.resource as object)),
    breaks: { type: WHOLE_STACK, config: { resource: { aws_lambda_function_url: { Open: {} } } } },
  },
  {
    ...functions,
    ids: ['CKV_AWS_272'],
    rule: "a function's code is signed",
    holds: ({ config }) => config.code_signing_config_arn !== undefined,
    breaks: breaking({}),
  },
  {
    ...functions,
    ids: ['CKV_AWS_117', 'Lambda.5'],
    rule: 'a function lies in a network of the account',
    holds: ({ config }) => config.vpc_config !== undefined,
    breaks: breaking({}),
  },
];
