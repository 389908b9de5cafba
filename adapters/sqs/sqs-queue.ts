import { ChangeMessageVisibilityCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { failureName } from '../../core/aws-failure';
import { MessagingError } from '../../core/errors';
import type { MessageQueue, OutgoingMessage } from '../../core/ports/message-queue';

/** Tries of one call, the first included; the SDK waits between them. */
const MAX_ATTEMPTS = 4;
/** All attempts of one call. */
const CALL_TIMEOUT_MS = 15_000;

/** A FIFO queue of SQS. */
export class SqsQueue implements MessageQueue {
  readonly #client: SQSClient;
  readonly #url: string;

  /** The endpoint may be set in `AWS_ENDPOINT_URL`, as the SDK has it. */
  constructor(
    url: string,
    client: SQSClient = new SQSClient({ retryMode: 'standard', maxAttempts: MAX_ATTEMPTS }),
  ) {
    this.#client = client;
    this.#url = url;
  }

  async send({ body, group, deduplicationId }: OutgoingMessage): Promise<void> {
    const command = new SendMessageCommand({
      QueueUrl: this.#url,
      MessageBody: body,
      MessageGroupId: group,
      MessageDeduplicationId: deduplicationId,
    });
    await this.#call('sqs:SendMessage', () => this.#client.send(command, inTime()));
  }

  async hide(receipt: string, seconds: number): Promise<void> {
    const command = new ChangeMessageVisibilityCommand({
      QueueUrl: this.#url,
      ReceiptHandle: receipt,
      VisibilityTimeout: seconds,
    });
    await this.#call('sqs:ChangeMessageVisibility', () => this.#client.send(command, inTime()));
  }

  /** What SQS answered is told by its name, never attached: an answer to a wrong signature repeats what was signed. */
  async #call(action: string, send: () => Promise<unknown>): Promise<void> {
    try {
      await send();
    } catch (error) {
      const name = failureName(error);
      const wayOut = name.includes('Denied')
        ? `The role needs ${action} on the queue, and the use of the key that encrypts it.`
        : 'Try again later.';
      const message = `SQS refused or did not answer (${action}: ${name}). ${wayOut}`;
      throw new MessagingError(message, { context: { action, queue: this.#url, error_name: name } });
    }
  }
}

function inTime() {
  return { abortSignal: AbortSignal.timeout(CALL_TIMEOUT_MS) };
}
