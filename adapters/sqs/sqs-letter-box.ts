import {
  type BatchResultErrorEntry,
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { accessProblem, failureName } from '../../core/aws-failure';
import { MessagingError } from '../../core/errors';
import type { LetterBox, QueueDepth, ReceivedLetter } from '../../core/ports/letter-box';
import { inBatches } from './in-batches';

/** How long what is taken stays out of sight, if nobody gives it back. */
export const SECONDS_OUT_OF_SIGHT = 300;
/** What SQS gives out, or is told of, at once. */
export const BATCH = 10;
/** All attempts of one call. */
const CALL_TIMEOUT_MS = 15_000;
/** The receipt is one of a letter that may be received again, or is gone. */
const CAME_BACK: ReadonlySet<string> = new Set([
  'MessageNotInflight',
  'AWS.SimpleQueueService.MessageNotInflight',
  'InvalidParameterValue',
  'ReceiptHandleIsInvalid',
]);

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
        letters.push(...batch.map(letterOf));
      }
      return letters;
    });
  }

  async giveBack(receipts: readonly string[]): Promise<void> {
    const action = 'sqs:ChangeMessageVisibility';
    const refused = await told(action, this.url, () =>
      inBatches(receipts, BATCH, async (batch) => {
        const Entries = entriesOf(batch).map((entry) => ({ ...entry, VisibilityTimeout: 0 }));
        const command = new ChangeMessageVisibilityBatchCommand({ QueueUrl: this.url, Entries });
        return (await this.client.send(command, inTime())).Failed ?? [];
      }),
    );
    const held = refused.filter(({ Code = '' }) => !CAME_BACK.has(Code));
    if (held.length > 0) throw this.refusal(action, held, `come back within ${SECONDS_OUT_OF_SIGHT} s`);
  }

  async delete(receipts: readonly string[]): Promise<void> {
    const action = 'sqs:DeleteMessage';
    const refused = await told(action, this.url, () =>
      inBatches(receipts, BATCH, async (batch) => {
        const command = new DeleteMessageBatchCommand({ QueueUrl: this.url, Entries: entriesOf(batch) });
        return (await this.client.send(command, inTime())).Failed ?? [];
      }),
    );
    if (refused.length > 0) throw this.refusal(action, refused, 'are still in the queue');
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

  private refusal(action: string, refused: readonly BatchResultErrorEntry[], fate: string): MessagingError {
    const codes = [...new Set(refused.map(({ Code = 'unknown' }) => Code))].sort().join(', ');
    const message = `SQS did not take ${refused.length} of the letters (${action} on ${this.url}: ${codes}); they ${fate}. Try again.`;
    const context = { action, queue: this.url, error_name: codes, letters: refused.length };
    return new MessagingError(message, { context });
  }
}

function letterOf({ MessageId, Body, ReceiptHandle }: Message): ReceivedLetter {
  return { id: MessageId ?? '', body: Body ?? '', receipt: ReceiptHandle ?? '' };
}

function entriesOf(receipts: readonly string[]) {
  return receipts.map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle }));
}

/** What SQS answered is told by its name, never attached: an answer to a wrong signature repeats what was signed. */
async function told<T>(action: string, queue: string, send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    const problem = accessProblem(error);
    if (problem !== undefined) throw problem;
    const name = failureName(error);
    const message = `SQS refused or did not answer (${action} on ${queue}: ${name}). Whoever asks needs ${action} on the queue, and the use of the key that encrypts it.`;
    throw new MessagingError(message, { context: { action, queue, error_name: name } });
  }
}

function inTime() {
  return { abortSignal: AbortSignal.timeout(CALL_TIMEOUT_MS) };
}
