import fc from 'fast-check';
import { isObjectKey } from '../../../../core/keys/object-key';
import { bodyKey, bodyPrefix, partOfRequestKey, rawPrefix, requestKey } from '../../../../core/keys/raw-keys';
import { type Day, dayOfNumber } from '../../../../core/time/day';

const PART = {
  pipeline: 'weather-daily',
  from: '2026-03-08' as Day,
  to: '2026-03-10' as Day,
  requestId: '169eefcbbd7b2e10',
};
const HASH = '0123456789abcdef'.repeat(4);

describe('keys of the raw bucket', () => {
  test('are as promised', () => {
    expect(requestKey(PART)).toBe('weather-daily/2026-03-08_2026-03-10/169eefcbbd7b2e10.request.json');
    expect(bodyKey(PART, HASH)).toBe(
      'weather-daily/2026-03-08_2026-03-10/169eefcbbd7b2e10-0123456789abcdef.json.gz',
    );
    expect(isObjectKey(bodyKey(PART, HASH))).toBe(true);
  });

  test('bodies lie under the prefix of their request, which holds nothing else', () => {
    expect(bodyKey(PART, HASH).startsWith(bodyPrefix(PART))).toBe(true);
    expect(requestKey(PART).startsWith(bodyPrefix(PART))).toBe(false);
    expect(bodyKey({ ...PART, requestId: `${PART.requestId}0` }, HASH).startsWith(bodyPrefix(PART))).toBe(
      false,
    );
    expect(requestKey(PART).startsWith(rawPrefix('weather'))).toBe(false);
  });

  test('a request key tells what it was made from', () => {
    const parts = fc.record({
      pipeline: fc.stringMatching(/^[a-z0-9-]{1,20}$/),
      from: fc.integer({ min: -10_000, max: 40_000 }).map(dayOfNumber),
      to: fc.integer({ min: -10_000, max: 40_000 }).map(dayOfNumber),
      requestId: fc.stringMatching(/^[0-9a-f]{16}$/),
    });
    fc.assert(
      fc.property(parts, (part) => {
        expect(partOfRequestKey(requestKey(part))).toEqual(part);
      }),
    );
  });

  test.each([
    bodyKey(PART, HASH),
    'config/weather-daily.json',
    'a/2026-03-08_2026-02-30/00.request.json',
    'a/2026-03-08/00.request.json',
    'a/b/2026-03-08_2026-03-10/00.request.json',
    'A/2026-03-08_2026-03-10/00.request.json',
    'a/2026-03-08_2026-03-10/xyz.request.json',
    'a/2026-03-08_2026-03-10/00.request.json.gz',
    '',
  ])('%s is no request key', (key) => {
    expect(partOfRequestKey(key)).toBeUndefined();
  });
});
