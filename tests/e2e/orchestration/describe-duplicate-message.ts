import { rawPrefix } from '../../../core/keys/raw-keys';
import { objectsUnder } from '../../lake/test-lake';
import { until } from '../account/until';
import { PIPELINE } from '../deployment/describe-scheduled-run';
import { dayBefore } from '../deployment/suite-days';
import { messageCounts } from './fetch-function';
import type { OrchestratedDeployment } from './orchestrated-deployment';
import { REQUESTS } from './orchestrated-files';
import { type QueuedMessage, RequestsQueue } from './requests-queue';
import { NOTHING_LEFT, WHOLE_DAY } from './whole-day';

/** A queue may deliver a message more than once: here it is put in again, with the token of the same task. */
export function describeDuplicateMessage(deployment: OrchestratedDeployment): void {
  const date = dayBefore(13);
  const queue = new RequestsQueue(deployment);
  let message: QueuedMessage;
  let first: number;
  let gone: number;
  const tokensGone = async () => (await messageCounts(deployment)).TokensGone - gone;
  const raw = () => objectsUnder(deployment.dev.store('raw'), `${rawPrefix(PIPELINE)}${date}_`);

  beforeAll(async () => {
    first = deployment.source.log.length;
    gone = (await messageCounts(deployment)).TokensGone;
  });

  it('in mid-run it asks the source nothing, ends quietly and is counted', async () => {
    await queue.deliver(false);
    const execution = await deployment.begin(JSON.stringify({ date }));
    await until('message', async () => {
      const found = await queue.peek();
      if (found !== undefined) message = found;
      return found !== undefined;
    });
    await queue.send(message, 'the same again');
    await queue.deliver(true);

    expect(await deployment.ended(execution)).toMatchObject(WHOLE_DAY);
    expect(deployment.source.log.slice(first)).toHaveLength(REQUESTS);
    expect(await tokensGone()).toBe(1);
  });

  it('after the run it does the same, and no byte of raw or of the day is another', async () => {
    const before = { raw: await raw(), published: await deployment.published(date) };
    expect(before.raw.size).toBe(2 * REQUESTS);

    await queue.send(message, 'the same once more');
    await until('lost token', async () => (await tokensGone()) === 2);

    expect({ raw: await raw(), published: await deployment.published(date) }).toEqual(before);
    expect(before.published).toEqual(await deployment.localRun(date));
    expect(deployment.source.log.slice(first)).toHaveLength(REQUESTS);
    expect(await deployment.command('status')).toMatchObject(NOTHING_LEFT);
  });
}
