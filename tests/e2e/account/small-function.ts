import { setTimeout as pause } from 'node:timers/promises';
import type { Context } from 'aws-lambda';
import { createS3Client } from '../../../adapters/s3/s3-client';
import { S3ObjectStore } from '../../../adapters/s3/s3-object-store';

/** Longer than any function of the suite may run. */
const HANG_MS = 60_000;

export interface SmallEvent {
  readonly end?: 'hang' | 'exit' | 'throw';
}

/** A function of the simulated account's own test: does what it is told, or everything that the object store's port has. */
export async function handler(event: SmallEvent, context: Context): Promise<unknown> {
  process.stdout.write(`${JSON.stringify({ message: 'asked', event })}\n`);
  // biome-ignore lint/suspicious/noConsole: what Lambda makes of it is tested.
  console.log('two\nlines');
  if (event.end === 'hang') await pause(HANG_MS);
  if (event.end === 'exit') process.exit(3);
  if (event.end === 'throw') throw Object.assign(new Error('told to fail'), { name: 'StorageError' });
  const store = new S3ObjectStore({ client: createS3Client(process.env), bucket: process.env.BUCKET ?? '' });
  const missing = (await store.get('t/missing')) === undefined;
  await store.put('t/a', Buffer.from('written'), { condition: { absent: true } });
  await store.copy('t/a', 't/b');
  for await (const { key } of store.list('t/')) if (key === 't/a') await store.delete(key);
  return { missing, left: context.getRemainingTimeInMillis(), name: context.functionName };
}
