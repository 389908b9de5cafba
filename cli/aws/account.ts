import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import { openBuckets } from '../../adapters/s3/open-buckets';
import { findQueue, SqsLetterBox } from '../../adapters/sqs/sqs-letter-box';
import {
  findStateMachine,
  StepFunctionsExecutions,
} from '../../adapters/step-functions/step-functions-executions';
import { ConfigError } from '../../core/errors';
import type { Surroundings } from '../surroundings';
import type { DeployedEnvironment, ResourceNames } from './deployed-environment';

type AccountParts = Omit<DeployedEnvironment, 'name' | 'pipeline' | 'live'>;

/** Tries of one call, the first included; the SDK waits between them. */
const MAX_ATTEMPTS = 4;

/** What is deployed under the names. @throws ConfigError when there is no such state machine, or it is of another account */
export async function openAccount(names: ResourceNames, env: Surroundings['env']): Promise<AccountParts> {
  const { region } = names;
  const config = { region, retryMode: 'standard', maxAttempts: MAX_ATTEMPTS };
  const [states, queues] = [new SFNClient(config), new SQSClient(config)];
  const arn = await findStateMachine(states, names.stateMachine);
  if (arn === undefined) throw notOrchestrated(names);
  const account = arn.split(':')[4]!;
  if (account !== (names.accountId ?? account)) throw otherAccount(names, account);
  const [buffer, deadLetters] = await Promise.all([
    findQueue(queues, names.buffer),
    findQueue(queues, names.deadLetters),
  ]);
  const [raw, bucket] = [`${names.rawBucket}${account}`, `${names.processedBucket}${account}`];
  const open = openBuckets(env, { region });
  return {
    raw: open({ bucket: raw, prefix: '' }),
    processed: open({ bucket, prefix: '' }),
    lake: `s3://${raw},s3://${bucket}`,
    executions: new StepFunctionsExecutions(states, arn),
    buffer: new SqsLetterBox(queues, buffer),
    deadLetters: new SqsLetterBox(queues, deadLetters),
  };
}

function otherAccount({ accountId }: ResourceNames, received: string): ConfigError {
  const message = `the environment belongs to the account ${accountId}; use credentials of it, or correct account_id in its file`;
  return new ConfigError('The environment cannot be reached:', [{ path: 'account_id', message, received }]);
}

function notOrchestrated({ stateMachine, region, accountId }: ResourceNames): ConfigError {
  const elsewhere =
    accountId === undefined ? '' : `use credentials of the account ${accountId} where yours are of another, `;
  const message = `there is no state machine ${stateMachine} in ${region}; ${elsewhere}deploy the environment with "mode": "orchestrated", or name a lake in S3 with --lake`;
  return new ConfigError('The environment cannot be reached:', [{ path: '--aws', message }]);
}
