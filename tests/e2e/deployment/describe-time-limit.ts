import { visibleObjects } from '../../lake/test-lake';
import type { Deployment } from './deployment';
import { objectVersions } from './object-versions';
import { dayBefore, WINDOW } from './suite-days';

/** Of `prod`, in its environment file. */
const LIMIT_MS = 60_000;

/** A source so slow that the function's time runs out. */
export function describeTimeLimit(deployment: Deployment): void {
  const prod = () => deployment.prod;
  const versions = () => objectVersions(deployment.client, prod().bucket('processed'));
  const event = { from: WINDOW[1], to: WINDOW[2], force: true };

  afterAll(() => deployment.keyed.simulator.setFaults([]));

  it('ends by itself, with an error to be tried again and the published days whole', async () => {
    const before = { versions: await versions(), objects: await visibleObjects(prod().store('processed')) };
    deployment.keyed.simulator.setFaults([{ fault: { kind: 'hang' } }]);
    const started = Date.now();

    const { failed, payload } = await prod().invoke(event);

    expect(Date.now() - started).toBeLessThan(LIMIT_MS);
    expect({ failed, payload }).toMatchObject({
      failed: true,
      payload: { errorType: 'DeadlineExceededError' },
    });
    expect((await prod().metrics('ingest')).at(-1)).toMatchObject({ DaysPublished: 0, DaysFailed: 2 });
    expect(await versions()).toEqual(before.versions);
    expect(await visibleObjects(prod().store('processed'))).toEqual(before.objects);
  });

  it('leaves nothing in the way of the next try', async () => {
    deployment.keyed.simulator.setFaults([]);

    const { failed, payload } = await prod().invoke({ date: dayBefore(3) });

    expect({ failed, payload }).toMatchObject({
      failed: false,
      payload: { dates: [{ outcome: 'published' }] },
    });
    expect(await prod().invoke(event)).toMatchObject({ failed: false });
  });
}
