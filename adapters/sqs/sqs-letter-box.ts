import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { MessagingError } from '../../core/errors';
import type { LetterBox, QueueDepth, ReceivedLetter } from '../../core/ports/letter-box';

/** How long what is taken stays out of sight, if nobody gives it back. */
export const SECONDS_OUT_OF_SIGHT = 300;
/** What SQS gives out at once. */
const BATCH = 10;
/** All attempts of one call. */
const CALL_TIMEOUT_MS = 15_000;

/** The address of the queue of a name. @throws MessagingError when there is none, too */
export function findQueue(client: SQSClient, name: string): Promise<string> {
  return told('sqs:GetQueueUrl', name, async () => {
    const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: name }), inTime());
    return QueueUrl ?? '';
  });
}

/** A queue of SQS, looked into. */
export class SqsLetterBox implements LetterBox {
  constructor(
    private readonly client: SQSClient,
    private readonly url: string,
  ) {}

  depth(): Promise<QueueDepth> {
    return told('sqs:GetQueueAttributes', this.url, async () => {
      const command = new GetQueueAttributesCommand({ QueueUrl: this.url, AttributeNames: ['All'] });
      const found = await this.client.send(command, inTime());
      const attributes: Readonly<Record<string, string>> = found.Attributes ?? {};
      const count = (name: string) => Number(attributes[`ApproximateNumberOfMessages${name}`] ?? 0);
      return { waiting: count(''), hidden: count('NotVisible') + count('Delayed') };
    });
  }

  /** In a FIFO queue one group's letters come together or, while some are out of sight, not at all. */
  take(limit: number): Promise<readonly ReceivedLetter[]> {
    return told('sqs:ReceiveMessage', this.url, async () => {
      const letters: ReceivedLetter[] = [];
      while (letters.length < limit) {
        const batch = await this.receive(Math.min(BATCH, limit - letters.length));
        if (batch.length === 0) break;
        letters.push(
          ...batch.map(({ Body, ReceiptHandle }) => ({ body: Body ?? '', receipt: ReceiptHandle ?? '' })),
        );
      }
      return letters;
    });
  }

  async giveBack(receipt: string): Promise<void> {
    const command = new ChangeMessageVisibilityCommand({
      QueueUrl: this.url,
      ReceiptHandle: receipt,
      VisibilityTimeout: 0,
    });
    await told('sqs:ChangeMessageVisibility', this.url, () => this.client.send(command, inTime()));
  }

  async delete(receipt: string): Promise<void> {
    const command = new DeleteMessageCommand({ QueueUrl: this.url, ReceiptHandle: receipt });
    await told('sqs:DeleteMessage', this.url, () => this.client.send(command, inTime()));
  }

  private async receive(most: number): Promise<Message[]> {
    const command = new ReceiveMessageCommand({
      QueueUrl: this.url,
      MaxNumberOfMessages: most,
      VisibilityTimeout: SECONDS_OUT_OF_SIGHT,
      // Asks every part of the queue, so that nothing comes only when there is nothing.
      WaitTimeSeconds: 1,
    });
    return (await this.client.send(command, inTime())).Messages ?? [];
  }
}

/** What SQS answered is told by its name, never attached: an answer to a wrong signature repeats what was signed. */
async function told<T>(action: string, queue: string, send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    const { name } = error as Error;
    const message = `SQS refused or did not answer (${action} on ${queue}: ${name}). Whoever asks needs ${action} on the queue, and the use of the key that encrypts it.`;
    throw new MessagingError(message, { context: { action, queue, error_name: name } });
  }
}

function inTime() {
  return { abortSignal: AbortSignal.timeout(CALL_TIMEOUT_MS) };
}
