import { ALL_QUOTA_PREFIX, manifestKey } from '../../../core/keys/processed-keys';
import type { FaultRule } from '../../../simulators/open-meteo/faults';
import { objectsUnder } from '../../lake/test-lake';
import { awaitMessage, takeMessages } from '../account/queues';
import type { Deployment } from './deployment';
import { PIPELINE } from './describe-scheduled-run';
import { objectVersions } from './object-versions';
import { dayBefore } from './suite-days';

const DOWN: FaultRule = { fault: { kind: 'status', status: 503, body: 'down' } };
const THROTTLED: FaultRule = { fault: { kind: 'rate_limit', window: 'day' } };

/** A source that does not answer, and its return. */
export function describeOutage(deployment: Deployment): void {
  const event = { date: dayBefore(6) };
  const queue = 'weather-dev-dead-letters';
  const dev = () => deployment.dev;
  const versions = () => objectVersions(deployment.client, dev().bucket('processed'));
  let before: string[];
  let letter: { requestContext: unknown; requestPayload: unknown; responsePayload: unknown };

  beforeAll(async () => {
    before = await versions();
  });
  afterEach(() => deployment.free.simulator.setFaults([]));

  it('throttled: the run ends with the name of what may be tried again', async () => {
    deployment.free.simulator.setFaults([THROTTLED]);

    const { failed, payload } = await dev().invoke(event);

    expect(failed).toBe(true);
    expect(payload).toMatchObject({
      errorType: 'SourceUnavailableError',
      errorMessage: expect.stringContaining(event.date),
    });
    expect((await dev().metrics('ingest')).at(-1)).toMatchObject({ DaysPublished: 0, DaysFailed: 1 });
  });

  it('throttled for the day: the next run in it asks nothing', async () => {
    const asked = deployment.free.keys.length;

    const { payload } = await dev().invoke(event);

    expect(payload).toMatchObject({ errorType: 'SourceUnavailableError' });
    expect(deployment.free.keys).toHaveLength(asked);
    await letTheDayPass();
  });

  it('down: the event is tried three times, then lies among the dead letters', async () => {
    deployment.free.simulator.setFaults([DOWN]);
    expect(await takeMessages(dev().address, queue)).toEqual([]);
    const asked = deployment.free.keys.length;

    await dev().invokeLater(event);
    letter = JSON.parse(await awaitMessage(dev().address, queue, 120_000));

    expect(letter).toMatchObject({
      requestContext: {
        functionArn: expect.stringContaining(dev().functionName('ingest')),
        condition: 'RetriesExhausted',
        approximateInvokeCount: 3,
      },
      requestPayload: event,
      responsePayload: {
        errorType: 'SourceUnavailableError',
        errorMessage: expect.stringMatching(`${event.date}: .*503`),
      },
    });
    expect(deployment.free.keys.length).toBeGreaterThanOrEqual(asked + 3);
    expect((await dev().metrics('ingest')).slice(-3)).toEqual(
      Array(3).fill(expect.objectContaining({ DaysPublished: 0, DaysFailed: 1 })),
    );
  });

  it('publishes nothing while it lasts', async () => {
    expect(await versions()).toEqual(before);
  });

  it('over: the event of the dead letter publishes its day', async () => {
    const answer = await dev().invoke(letter.requestPayload);

    expect(answer).toMatchObject({
      failed: false,
      payload: { dates: [{ date: event.date, outcome: 'published', partial: false }] },
    });
    expect(await dev().store('processed').head(manifestKey(PIPELINE, event.date))).toBeDefined();
  });

  /** No clock can be put on: what is known of the day is forgotten instead. */
  async function letTheDayPass(): Promise<void> {
    const processed = dev().store('processed');
    for (const key of (await objectsUnder(processed, ALL_QUOTA_PREFIX)).keys()) await processed.delete(key);
  }
}
