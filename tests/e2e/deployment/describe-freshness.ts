import { emfLine } from '../../integration/handlers/captured-output';
import { FUNCTIONS } from './deployed-environment';
import type { Deployment } from './deployment';
import { PIPELINE } from './describe-scheduled-run';
import { dayBefore, WATCHED_TIME } from './suite-days';

export interface ExpectedFreshness {
  readonly overdue: number;
  readonly level: 'INFO' | 'WARN';
}

/** What the hourly schedule of the other function finds. */
export function describeFreshness(deployment: Deployment, { overdue, level }: ExpectedFreshness): void {
  it(`finds ${overdue} days overdue, in answer, metric and log`, async () => {
    const { dev } = deployment;
    const found = { due: dayBefore(0), days_overdue: overdue };
    const first = overdue === 0 ? null : dayBefore(overdue - 1);

    const answer = await dev.fire('freshness', WATCHED_TIME);

    expect(answer).toEqual({
      failed: false,
      payload: { pipeline: PIPELINE, ...found, first_missing_date: first },
    });
    expect((await dev.metrics('freshness')).at(-1)).toEqual(
      emfLine(FUNCTIONS.freshness, { DaysOverdue: overdue }, { environment: 'dev', pipeline: PIPELINE }),
    );
    const logs = (await dev.lines('freshness')).filter((line) => line.includes('"due"'));
    const line = JSON.parse(logs.at(-1)!);
    expect(line).toMatchObject({ level, service: FUNCTIONS.freshness, ...found });
    expect(line.first_missing_date ?? null).toBe(first);
  });
}
