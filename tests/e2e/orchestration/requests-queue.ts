import { callAccount, callTarget } from '../account/account-api';
import { ACCOUNT_ID } from '../account/simulated-account';
import type { OrchestratedDeployment } from './orchestrated-deployment';

const QUEUE = 'weather-dev-requests.fifo';

interface Received {
  readonly Messages?: readonly {
    readonly Body: string;
    readonly Attributes: { readonly MessageGroupId: string };
  }[];
}

export interface QueuedMessage {
  readonly body: string;
  readonly group: string;
}

/** The queue between the state machine and fetch-weather, by the account's own API. */
export class RequestsQueue {
  constructor(private readonly deployment: OrchestratedDeployment) {}

  /** Whether its messages go to the function. */
  async deliver(enabled: boolean): Promise<void> {
    const { dev } = this.deployment;
    const [mapping] = dev.resources('aws_lambda_event_source_mapping');
    const response = await callAccount(dev.address, {
      service: 'lambda',
      method: 'PUT',
      path: `/2015-03-31/event-source-mappings/${mapping!.uuid}`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ Enabled: enabled }),
    });
    if (!response.ok) throw new Error(`The delivery was not changed (${response.status}).`);
  }

  /** A message that waits, left where it is. */
  async peek(): Promise<QueuedMessage | undefined> {
    const input = { VisibilityTimeout: 0, AttributeNames: ['MessageGroupId'] };
    const { Messages: [message] = [] } = await this.call<Received>('ReceiveMessage', input);
    return message && { body: message.Body, group: message.Attributes.MessageGroupId };
  }

  /** @param deduplicationId another one than that of a message with the same body, which would be dropped */
  async send({ body, group }: QueuedMessage, deduplicationId: string): Promise<void> {
    const input = { MessageBody: body, MessageGroupId: group, MessageDeduplicationId: deduplicationId };
    await this.call('SendMessage', input);
  }

  async visibilitySeconds(): Promise<number> {
    const input = { AttributeNames: ['VisibilityTimeout'] };
    const { Attributes } = await this.call<{ Attributes: { VisibilityTimeout: string } }>(
      'GetQueueAttributes',
      input,
    );
    return Number(Attributes.VisibilityTimeout);
  }

  async setVisibilitySeconds(seconds: number): Promise<void> {
    await this.call('SetQueueAttributes', { Attributes: { VisibilityTimeout: String(seconds) } });
  }

  private call<T>(action: string, input: object): Promise<T> {
    const { address } = this.deployment.dev;
    const QueueUrl = `${address.endpoint}/${ACCOUNT_ID}/${QUEUE}`;
    return callTarget<T>(address, 'sqs', `AmazonSQS.${action}`, { QueueUrl, ...input });
  }
}
