import { createHash } from 'node:crypto';
import { inspect } from 'node:util';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SqsQueue } from '../../../adapters/sqs/sqs-queue';
import { StepFunctionsTokens } from '../../../adapters/step-functions/step-functions-tokens';
import { refusal, ScriptedService, type ServiceAnswer } from './scripted-service';

/** The SDK holds the hash of what arrived against what it sent. */
const SENT = { status: 200, body: { MessageId: 'id', MD5OfMessageBody: md5('{}') } };
const TOLD = { status: 200, body: {} };

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

let service: ScriptedService;
afterEach(() => service.stop());

async function queue(...answers: ServiceAnswer[]) {
  service = await ScriptedService.start(...answers);
  return new SqsQueue(`${service.url}/123456789012/requests.fifo`, new SQSClient(service.config));
}

async function tokens(...answers: ServiceAnswer[]) {
  service = await ScriptedService.start(...answers);
  return new StepFunctionsTokens(new SFNClient(service.config));
}

describe('a queue of SQS', () => {
  test('gets a message with its group and the id that tells repeats', async () => {
    const sqs = await queue(SENT);

    await sqs.send({ body: '{}', group: '0', deduplicationId: 'a1' });

    expect(service.requests).toMatchObject([
      {
        action: 'SendMessage',
        body: { MessageBody: '{}', MessageGroupId: '0', MessageDeduplicationId: 'a1' },
      },
    ]);
  });

  test('hides a message for as long as it is told', async () => {
    const sqs = await queue(TOLD);

    await sqs.hide('receipt', 39_600);

    expect(service.requests).toMatchObject([
      { action: 'ChangeMessageVisibility', body: { ReceiptHandle: 'receipt', VisibilityTimeout: 39_600 } },
    ]);
  });

  test('that refuses is told by the name of its answer and the permission needed, without what it repeats', async () => {
    const sqs = await queue(refusal('AccessDeniedException'));

    const error = await sqs
      .send({ body: '{}', group: '0', deduplicationId: 'a1' })
      .catch((thrown: Error) => thrown);

    expect(error).toMatchObject({ name: 'MessagingError', retryable: true });
    expect((error as Error).message).toMatch(/sqs:SendMessage: AccessDenied/);
    expect(inspect(error, { depth: 9 })).not.toMatch(/the-token|the-secret/);
  });
});

describe('tasks of Step Functions', () => {
  test('end well with nothing in their output', async () => {
    const sfn = await tokens(TOLD);

    await expect(sfn.succeed('token')).resolves.toBe(true);

    expect(service.requests).toEqual([
      { action: 'SendTaskSuccess', body: { taskToken: 'token', output: '{}' } },
    ]);
  });

  test('fail with a name and a cause no longer than the service takes', async () => {
    const sfn = await tokens(TOLD);

    await expect(sfn.fail('token', { name: 'n'.repeat(300), message: 'm'.repeat(40_000) })).resolves.toBe(
      true,
    );

    const { body } = service.requests[0]!;
    expect(body).toEqual({ taskToken: 'token', error: 'n'.repeat(256), cause: 'm'.repeat(32_768) });
  });

  test.each(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'])(
    'that no longer wait (%s) are no error',
    async (name) => {
      const sfn = await tokens(refusal(name));

      await expect(sfn.succeed('token')).resolves.toBe(false);
      await expect(sfn.fail('token', { name: 'a', message: 'b' })).resolves.toBe(false);
    },
  );

  test('of which nobody can be told are an error that holds no secret', async () => {
    const sfn = await tokens(refusal('AccessDeniedException'));

    const error = await sfn.succeed('token').catch((thrown: Error) => thrown);

    expect(error).toMatchObject({ name: 'MessagingError' });
    expect((error as Error).message).toMatch(/states:SendTaskSuccess: AccessDenied/);
    expect(inspect(error, { depth: 9 })).not.toMatch(/the-token|the-secret/);
  });
});

describe('a service that nobody reaches', () => {
  /** As Node has it; its own error is no `Error` to the SDK in a test. */
  const unknownHost = Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' });
  const nowhere = {
    region: 'eu-central-1',
    credentials: { accessKeyId: 'id', secretAccessKey: 'the-secret' },
    maxAttempts: 1,
    requestHandler: { handle: () => Promise.reject(unknownHost) },
  };

  test.each([
    ['SQS', () => new SqsQueue('http://nowhere.invalid/q', new SQSClient(nowhere)).hide('receipt', 60)],
    ['Step Functions', () => new StepFunctionsTokens(new SFNClient(nowhere)).succeed('token')],
  ])('is told by what became of the connection: %s', async (_, call) => {
    await expect(call()).rejects.toMatchObject({
      name: 'MessagingError',
      message: expect.stringContaining('ENOTFOUND'),
    });
  });
});
