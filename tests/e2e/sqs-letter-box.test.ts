import { CreateQueueCommand, SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { SECONDS_OUT_OF_SIGHT, SqsLetterBox } from '../../adapters/sqs/sqs-letter-box';
import { describeLetterBox } from '../executions/letter-box-suite';
import { ACCOUNT_KEYS, SimulatedAccount } from './account/simulated-account';

const BATCH = 10;
const MANY = 300;

describe('SqsLetterBox, a FIFO queue', () => {
  let account: SimulatedAccount;
  let client: SQSClient;
  let boxes = 0;
  const newBox = async (bodies: readonly string[]) => {
    boxes += 1;
    const create = new CreateQueueCommand({
      QueueName: `letters-${boxes}.fifo`,
      Attributes: { FifoQueue: 'true', VisibilityTimeout: String(SECONDS_OUT_OF_SIGHT) },
    });
    const { QueueUrl } = await client.send(create);
    for (let at = 0; at < bodies.length; at += BATCH) {
      const Entries = bodies.slice(at, at + BATCH).map((MessageBody, index) => ({
        Id: String(index),
        MessageBody,
        MessageGroupId: String(at + index),
        MessageDeduplicationId: String(at + index),
      }));
      await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    }
    return new SqsLetterBox(client, QueueUrl!);
  };

  beforeAll(async () => {
    account = await SimulatedAccount.start();
    client = new SQSClient({ endpoint: account.endpoint, region: 'us-east-1', credentials: ACCOUNT_KEYS });
  });
  afterAll(async () => {
    client?.destroy();
    await account?.stop();
  });

  describeLetterBox(newBox);

  it('is emptied of many, some at a time, and has the others back', async () => {
    const box = await newBox(Array.from({ length: MANY }, (_, index) => String(index)));
    const kept: string[] = [];

    for (let taken = await box.take(100); taken.length > 0; taken = await box.take(100)) {
      const receipts = taken.map(({ receipt }) => receipt);
      kept.push(...receipts.slice(0, 10));
      await box.delete(receipts.slice(10));
    }
    await box.giveBack(kept);

    expect(kept).toHaveLength(30);
    expect(await box.depth()).toEqual({ waiting: 30, hidden: 0 });
  });
});
