import { manifestKey } from '../../../core/keys/processed-keys';
import { type Manifest, manifestSchema } from '../../../core/manifest/manifest';
import { PIPELINE } from '../deployment/describe-scheduled-run';
import { dayBefore } from '../deployment/suite-days';
import type { OrchestratedDeployment } from './orchestrated-deployment';
import { LOCATIONS, LOCATIONS_PER_REQUEST, REQUESTS } from './orchestrated-files';

const REFUSAL = JSON.stringify({ error: true, reason: 'No such column.' });

/** One request of a day fails and the others do not; then the cause is mended. */
export function describeRefusedRequest(deployment: OrchestratedDeployment): void {
  const date = dayBefore(1);
  const manifest = async (): Promise<Manifest> => {
    const object = await deployment.dev.store('processed').get(manifestKey(PIPELINE, date));
    return manifestSchema.parse(JSON.parse(Buffer.from(object!.body).toString()));
  };

  it('leaves the day partial, published with all others', async () => {
    const when = { section: 'daily', nth: 2 } as const;
    deployment.source.setFaults([{ when, fault: { kind: 'status', status: 400, body: REFUSAL } }]);

    const ended = await deployment.run(JSON.stringify({ date }));

    deployment.source.setFaults([]);
    expect(ended).toMatchObject({
      status: 'SUCCEEDED',
      output: {
        dates: { published: 1, partial: 1 },
        requests: { planned: REQUESTS, answered: REQUESTS - 1, failed: 1 },
      },
    });
    const { partial, tables } = await manifest();
    expect(partial).toBe(true);
    expect(tables.weather_hourly!.locations).toMatchObject({ found: LOCATIONS, missing: [] });
    expect(tables.weather_daily!.locations.found).toBe(LOCATIONS - LOCATIONS_PER_REQUEST);
    expect(tables.weather_daily!.locations.missing).toHaveLength(LOCATIONS_PER_REQUEST);
  });

  it('lies among the dead letters with its reason', async () => {
    const status = await deployment.command('status');

    expect(status).toMatchObject({
      partial: [{ date }],
      executions: [],
      queues: { requests: { waiting: 0, hidden: 0 }, dead_letters: { waiting: 1 } },
      dead_letters: [
        {
          name: 'SourceRejectedError',
          message: expect.stringContaining('No such column.'),
          letters: 1,
          first_day: date,
          last_day: date,
        },
      ],
    });
  });

  it('is sent again by a redrive, alone, and the day is whole', async () => {
    const asked = deployment.source.log.length;

    const report = await deployment.command('redrive', '--from', date, '--to', date);
    const ended = await deployment.ended(report.executions[0].name);

    expect(report).toMatchObject({
      executions: [{ how: 'started', requests: 1 }],
      letters: { deleted: 1, kept: 0 },
    });
    expect(ended).toMatchObject({ status: 'SUCCEEDED', output: { dates: { published: 1, partial: 0 } } });
    expect(deployment.source.log.slice(asked).map(({ status }) => status)).toEqual([200]);
    expect(await manifest()).toMatchObject({ partial: false });
    expect(await deployment.command('status')).toMatchObject({ partial: [], dead_letters: [] });
  });

  it('leaves no trace in what is published', async () => {
    const local = await deployment.localRun(date);

    expect(await deployment.published(date)).toEqual(local);
  });
}
