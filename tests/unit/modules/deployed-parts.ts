import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TerraformStack } from 'cdktf';
import { BufferedQueue } from '../../../modules/buffered-queue/buffered-queue';
import {
  BundledFunction,
  type BundledFunctionProps,
} from '../../../modules/bundled-function/bundled-function';
import { DeadLetterQueue } from '../../../modules/dead-letter-queue/dead-letter-queue';
import type { DeploymentAccount } from '../../../modules/deployment-account/deployment-account';
import { PrivateBucket } from '../../../modules/private-bucket/private-bucket';
import { StateMachine } from '../../../modules/state-machine/state-machine';

/** A file that stands for the zip of a function. */
export function writeZip(content = 'a zip'): string {
  const path = join(mkdtempSync(join(tmpdir(), 'zip-')), 'ingest.zip');
  writeFileSync(path, content);
  return path;
}

export interface DeployedParts {
  readonly ingest: BundledFunction;
  readonly deadLetters: DeadLetterQueue;
}

/** A function and its queue, for what is built around them. */
export function addFunction(
  scope: TerraformStack,
  account: DeploymentAccount,
  props: Partial<BundledFunctionProps> = {},
): DeployedParts {
  const deadLetters = new DeadLetterQueue(scope, 'DeadLetters', { queueName: 'weather-dev-dead-letters' });
  const ingest = new BundledFunction(scope, 'Ingest', {
    account,
    functionName: 'weather-dev-ingest',
    description: 'Publishes days',
    zipPath: writeZip(),
    environment: { ENVIRONMENT: 'dev' },
    failureQueue: deadLetters,
    ...props,
  });
  return { ingest, deadLetters };
}

export interface OrchestratedParts extends DeployedParts {
  readonly machine: StateMachine;
  readonly buffer: BufferedQueue;
}

/** A state machine that does nothing, with its buffer and a function. */
export function addStateMachine(scope: TerraformStack, account: DeploymentAccount): OrchestratedParts {
  const { ingest, deadLetters } = addFunction(scope, account);
  const buffer = new BufferedQueue(scope, 'Requests', {
    name: 'weather-dev-requests',
    consumerTimeoutSeconds: 60,
  });
  const machine = new StateMachine(scope, 'Runs', {
    account,
    machineName: 'weather-dev-ingest',
    definition: { StartAt: 'End', States: { End: { Type: 'Succeed' } } },
    values: {},
    functions: [ingest],
    buffer,
    items: { bucket: new PrivateBucket(scope, 'Processed', { bucketName: 'processed' }), keys: ['x/*'] },
  });
  return { ingest, deadLetters, buffer, machine };
}
