import { objectsUnder } from '../../lake/test-lake';
import type { Deployment } from './deployment';
import { objectVersions } from './object-versions';
import { dayBefore, SCHEDULED_TIME, WINDOW } from './suite-days';

/** Events other than the first of the schedule. */
export function describeEvents(deployment: Deployment): void {
  const dev = () => deployment.dev;
  const tables = async () =>
    (await objectVersions(deployment.client, dev().bucket('processed'))).filter(
      (version) => !version.startsWith('_manifests/'),
    );
  /** Without what tells one fetch from another: each is kept in raw, and the source stamps its answers. */
  const manifests = async () => {
    const objects = await objectsUnder(dev().store('processed'), '_manifests/');
    return [...objects.values()].map((body) => {
      const { run_id: _run, fetched_at: _at, raw: _raw, ...said } = JSON.parse(body.toString());
      return said;
    });
  };
  const published = (...dates: string[]) => ({
    failed: false,
    payload: expect.objectContaining({
      dates: dates.map((date) => ({ date, outcome: 'published', partial: false })),
    }),
  });

  it("the schedule's event a second time writes no table anew, and no day says anything else", async () => {
    const before = { tables: await tables(), manifests: await manifests() };

    const { failed } = await dev().fire('ingest', SCHEDULED_TIME);

    expect(failed).toBe(false);
    expect(await tables()).toEqual(before.tables);
    expect(await manifests()).toEqual(before.manifests);
    expect(before.manifests).toHaveLength(WINDOW.length);
  });

  it('one day by its name', async () => {
    expect(await dev().invoke({ date: dayBefore(3) })).toEqual(published(dayBefore(3)));
  });

  it('a first and a last day', async () => {
    const answer = await dev().invoke({ from: dayBefore(5), to: dayBefore(4) });

    expect(answer).toEqual(published(dayBefore(5), dayBefore(4)));
  });

  it("the schedule's input is refused when its time was not filled in", async () => {
    const { input } = await dev().schedule('ingest');
    const asked = deployment.free.keys.length;

    const answer = await dev().invoke(input);

    expect(answer).toMatchObject({
      failed: true,
      payload: {
        errorType: 'ConfigError',
        errorMessage: expect.stringContaining('<aws.scheduler.scheduled-time>'),
      },
    });
    expect(deployment.free.keys).toHaveLength(asked);
  });
}
