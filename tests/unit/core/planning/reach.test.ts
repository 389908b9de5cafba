import type { ApiName } from '../../../../core/model/source';
import { firstDayServed, reachAdvice } from '../../../../core/planning/reach';
import type { Day } from '../../../../core/time/day';

const TODAY = '2026-06-30' as Day;
const run = (api: ApiName, from: string) => ({
  from: from as Day,
  to: from as Day,
  source: { api, models: [] },
});

describe('firstDayServed', () => {
  test.each([
    ['forecast', '2026-03-29'],
    ['archive', '1940-01-01'],
    ['historical-forecast', '2016-01-01'],
    ['climate', '1950-01-01'],
    ['marine', undefined],
  ] as const)('of %s is %s', (api, day) => {
    expect(firstDayServed(api, TODAY)).toBe(day);
  });
});

describe('reachAdvice', () => {
  test('warns once for each API, of its earliest day that lies before all it has', () => {
    const runs = [
      run('forecast', '2026-03-28'),
      run('forecast', '2025-01-01'),
      run('archive', '1939-12-31'),
      run('marine', '1800-01-01'),
    ];

    expect(reachAdvice(runs, TODAY)).toEqual([
      {
        path: '2025-01-01',
        message: expect.stringContaining('nothing before 2026-03-29 and will refuse 2025-01-01'),
      },
      { path: '1939-12-31', message: expect.stringContaining('nothing before 1940-01-01') },
    ]);
  });

  test('has nothing to say of the first day that is served', () => {
    expect(reachAdvice([run('forecast', '2026-03-29'), run('archive', '1940-01-01')], TODAY)).toEqual([]);
  });
});
