import { costOf, judge } from '../../../../adapters/open-meteo/verdict';

const BODY = { bytes: new Uint8Array(), fetchedAt: 0, complete: true, simulated: false };

describe('judge', () => {
  it.each([
    ['Minutely API request limit exceeded. Please try again in one minute.', 'minute'],
    ['Hourly API request limit exceeded. Please try again in the next hour.', 'hour'],
    ['Daily API request limit exceeded. Please try again tomorrow.', 'day'],
  ])('reads the window from "%s"', (reason, window) => {
    expect(judge({ kind: 'status', status: 429, reason })).toEqual({ kind: 'quota', window, reason });
  });

  it.each(['Enhance your calm', '', 'Daily news: too many requests'])(
    'takes a 429 for an outage when "%s" names no window',
    (reason) => {
      const verdict = judge({ kind: 'status', status: 429, reason, retryAt: 7 });

      expect(verdict).toEqual({ kind: 'outage', status: 429, reason, retryAt: 7 });
    },
  );

  it('tells too many requests at once from a quota', () => {
    const verdict = judge({ kind: 'status', status: 429, reason: 'Too many concurrent requests' });

    expect(verdict.kind).toBe('concurrency');
  });

  it.each([408, 500, 502, 503, 504, 521, 599])('takes %d for an outage', (status) => {
    expect(judge({ kind: 'status', status, reason: '' }).kind).toBe('outage');
  });

  it.each([204, 206, 301, 303, 308, 400, 401, 403, 404, 413, 414, 418])(
    'takes %d for a refusal',
    (status) => {
      expect(judge({ kind: 'status', status, reason: '' }).kind).toBe('rejected');
    },
  );

  it('takes a torn body and silence for an outage', () => {
    expect(judge({ kind: 'body', body: BODY, flaw: 'terminated' }).kind).toBe('outage');
    expect(judge({ kind: 'silence', reason: 'refused', reached: false }).kind).toBe('outage');
    expect(judge({ kind: 'body', body: BODY }).kind).toBe('done');
  });
});

describe('costOf', () => {
  it.each([
    [{ kind: 'body', body: BODY }, 26.1],
    [{ kind: 'body', body: BODY, flaw: 'torn' }, 26.1],
    [{ kind: 'overflow' }, 26.1],
    [{ kind: 'silence', reason: '', reached: true }, 26.1],
    [{ kind: 'silence', reason: '', reached: false }, 0],
    [{ kind: 'status', status: 400, reason: '' }, 1],
    [{ kind: 'status', status: 429, reason: '' }, 0],
    [{ kind: 'status', status: 503, reason: '' }, 0],
  ] as const)('counts %j as %d', (answer, cost) => {
    expect(costOf(answer, 26.1)).toBe(cost);
  });
});
