import { inspect } from 'node:util';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SqsLetterBox } from '../../../adapters/sqs/sqs-letter-box';
import { refusal, ScriptedService, type ServiceAnswer } from './scripted-service';

const DONE = { status: 200, body: { Successful: [], Failed: [] } };
const RECEIPTS = Array.from({ length: 2_005 }, (_, index) => `receipt-${index}`);

const partly = (...codes: string[]): ServiceAnswer => {
  const Failed = codes.map((Code, index) => ({ Id: String(index), Code, SenderFault: true }));
  return { status: 200, body: { Successful: [], Failed } };
};

describe('a letter box of SQS', () => {
  let service: ScriptedService;
  const open = async (...answers: ServiceAnswer[]) => {
    service = await ScriptedService.start(...answers);
    return new SqsLetterBox(new SQSClient(service.config), `${service.url}/123456789012/requests-dead.fifo`);
  };
  const entries = () =>
    service.requests.map(
      ({ body }) => (body as { Entries: { Id: string; ReceiptHandle: string }[] }).Entries,
    );
  afterEach(() => service.stop());

  test.each([
    ['delete', 'DeleteMessageBatch'],
    ['giveBack', 'ChangeMessageVisibilityBatch'],
  ] as const)('does %s ten at once, each letter once', async (method, action) => {
    const box = await open(DONE);

    await box[method](RECEIPTS);

    expect(service.requests).toHaveLength(201);
    expect(new Set(service.requests.map((request) => request.action))).toEqual(new Set([action]));
    expect(
      entries()
        .flat()
        .map(({ ReceiptHandle }) => ReceiptHandle),
    ).toEqual(RECEIPTS);
    expect(Math.max(...entries().map(({ length }) => length))).toBe(10);
  });

  test('gives back at once', async () => {
    const box = await open(DONE);

    await box.giveBack(['a']);

    expect(service.requests[0]!.body).toMatchObject({
      Entries: [{ ReceiptHandle: 'a', VisibilityTimeout: 0 }],
    });
  });

  test('tells what of a batch was not deleted, once all was tried', async () => {
    const box = await open(partly('InvalidParameterValue', 'InternalError'), DONE, partly('InternalError'));

    const error = await box.delete(RECEIPTS.slice(0, 30)).catch((thrown: Error) => thrown);

    expect(service.requests).toHaveLength(3);
    expect(error).toMatchObject({
      name: 'MessagingError',
      retryable: true,
      context: { letters: 3, error_name: 'InternalError, InvalidParameterValue' },
    });
    expect((error as Error).message).toContain('3 of the letters (sqs:DeleteMessage');
    expect((error as Error).message).toContain('still in the queue');
  });

  test.each(['MessageNotInflight', 'InvalidParameterValue', 'ReceiptHandleIsInvalid'])(
    'need not give back what has come back by itself (%s)',
    async (code) => {
      const box = await open(partly(code));

      await expect(box.giveBack(['a'])).resolves.toBeUndefined();
    },
  );

  test('tells what comes back later only', async () => {
    const box = await open(partly('InternalError', 'MessageNotInflight'));

    await expect(box.giveBack(['a', 'b'])).rejects.toMatchObject({
      name: 'MessagingError',
      context: { letters: 1, error_name: 'InternalError' },
      message: expect.stringContaining('come back within 300 s'),
    });
  });

  test.each([
    ['delete', 'sqs:DeleteMessage'],
    ['giveBack', 'sqs:ChangeMessageVisibility'],
  ] as const)('whose %s is refused names the permission, and repeats nothing', async (method, action) => {
    const box = await open(refusal('AccessDeniedException'));

    const error = await box[method](RECEIPTS).catch((thrown: Error) => thrown);

    expect(service.requests).toHaveLength(1);
    expect((error as Error).message).toContain(`needs ${action} on the queue`);
    expect(inspect(error, { depth: 9 })).not.toMatch(/the-token|the-secret/);
  });
});
