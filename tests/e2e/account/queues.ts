import { setTimeout as pause } from 'node:timers/promises';
import { type AccountAddress, callTarget } from './account-api';
import { ACCOUNT_ID } from './simulated-account';

const PATIENCE_MS = 60_000;
const PAUSE_MS = 200;

/** Takes what is in a queue now. @returns bodies */
export async function takeMessages(address: AccountAddress, queue: string): Promise<string[]> {
  const url = `${address.endpoint}/${ACCOUNT_ID}/${queue}`;
  const { Messages = [] } = await callTarget<{ Messages?: { Body: string; ReceiptHandle: string }[] }>(
    address,
    'sqs',
    'AmazonSQS.ReceiveMessage',
    { QueueUrl: url, MaxNumberOfMessages: 10 },
  );
  for (const { ReceiptHandle } of Messages) {
    await callTarget(address, 'sqs', 'AmazonSQS.DeleteMessage', { QueueUrl: url, ReceiptHandle });
  }
  return Messages.map(({ Body }) => Body);
}

/** Waits for the first message. @throws Error when none comes */
export async function awaitMessage(
  address: AccountAddress,
  queue: string,
  patience = PATIENCE_MS,
): Promise<string> {
  const end = Date.now() + patience;
  while (Date.now() < end) {
    const [body] = await takeMessages(address, queue);
    if (body !== undefined) return body;
    await pause(PAUSE_MS);
  }
  throw new Error(`No message came to ${queue} in ${patience / 1000} s.`);
}
