import { readAnswer } from '../../../../core/answers/read-answer';
import { SourceContractError } from '../../../../core/errors';
import { type Day, dayNumber } from '../../../../core/time/day';
import { bodyOf, elementOf, hourLabels, ramp } from '../../../weather/body-of';
import { BERLIN, DAILY, type Json, pipelineOf } from '../../../weather/pipeline-of';
import { askedOf, DAY, NEXT } from './asked-of';
import { refusalOf } from './refusal-of';

describe('the grid of times', () => {
  const pipeline = pipelineOf({ locations: [BERLIN] });
  const read = (time: readonly (string | number)[], to: Day = DAY) =>
    readAnswer(
      bodyOf(elementOf({ time, columns: { temperature_2m: ramp(time.length) } })),
      askedOf(pipeline, 'hourly', to),
      pipeline,
    );
  const seconds = ramp(24).map((hour) => dayNumber(DAY) * 86_400 + hour * 3_600);
  const labels = hourLabels(DAY);

  test('is held by all hours of all days asked for, as labels or as seconds', () => {
    expect(read(hourLabels(DAY, NEXT), NEXT)[0]!.section.rows).toBe(48);
    expect(read(seconds)[0]!.section.timeFormat).toBe('unixtime');
  });

  test.each<[string, readonly (string | number)[], RegExp]>([
    ['a row too few', labels.slice(1), /has 24 rows \(received 23\)/],
    ['a row too many', [...labels, `${NEXT}T00:00`], /has 24 rows \(received 25\)/],
    ['another day', hourLabels(NEXT), /row 0 must be at 2026-03-10T00:00 \(received 2026-03-11T00:00\)/],
    [
      'a hole',
      [...labels.slice(0, 5), ...labels.slice(6), `${NEXT}T00:00`],
      /row 5 must be at 2026-03-10T05:00/,
    ],
    ['a row beside the hour', labels.with(7, `${DAY}T07:30`), /row 7 .*\(received 2026-03-10T07:30\)/],
    ['seconds of another day', seconds.map((one) => one + 3_600), /row 0/],
    ['no rows', [], /received 0/],
    ['milliseconds', seconds.map((one) => one * 1_000), /seconds of the years 1 to 9999/],
    ['seconds beyond any calendar', seconds.map((one) => one + 9e15), /seconds of the years 1 to 9999/],
  ])('is not by %s', (_, time, message) => {
    expect(refusalOf(() => read(time)).message).toMatch(message);
  });
});

describe('days of an answer', () => {
  const daily = (offset: number, time: readonly (string | number)[] = [DAY]) =>
    bodyOf(
      elementOf({
        section: 'daily',
        time,
        columns: { temperature_2m_mean: [4], temperature_2m_max: [9] },
        envelope: { utc_offset_seconds: offset },
      }),
    );
  const readAs = (day: string | undefined, body: Uint8Array, location: Json = BERLIN) => {
    const table = day === undefined ? DAILY : { ...DAILY, day };
    const pipeline = pipelineOf({ tables: [table], locations: [location] });
    return readAnswer(body, askedOf(pipeline, 'daily'), pipeline);
  };

  test("are at the location's standard time, and at no other offset", () => {
    expect(readAs(undefined, daily(3_600))).toHaveLength(1);
    expect(refusalOf(() => readAs(undefined, daily(7_200))).message).toMatch(
      /location berlin, daily, column utc_offset_seconds.*must be at 3600 seconds.*\(received 7200\)/,
    );
    expect(refusalOf(() => readAs(undefined, daily(0))).context.received).toBe('0');
  });

  test('go by the offset that the location states itself', () => {
    const stated = { ...BERLIN, utc_offset_hours: -3 };
    expect(readAs(undefined, daily(-10_800), stated)).toHaveLength(1);
    expect(() => readAs(undefined, daily(3_600), stated)).toThrow(SourceContractError);
  });

  test('kept of Casablanca at UTC are read where the location says so, and the refusal names the key', () => {
    const casablanca = { ...BERLIN, timezone: 'Africa/Casablanca' };

    expect(readAs(undefined, daily(3_600), casablanca)).toHaveLength(1);
    expect(refusalOf(() => readAs(undefined, daily(0), casablanca)).message).toMatch(
      /the day at 0 is read where the location says "utc_offset_hours": 0/,
    );
    expect(readAs(undefined, daily(0), { ...casablanca, utc_offset_hours: 0 })).toHaveLength(1);
  });

  test('of UTC are at offset 0 alone', () => {
    expect(readAs('utc', daily(0))).toHaveLength(1);
    expect(() => readAs('utc', daily(3_600))).toThrow(SourceContractError);
  });

  test('as received may be at any offset', () => {
    expect(readAs('as_received', daily(7_200))[0]!.offsetSeconds).toBe(7_200);
    expect(readAs('as_received', daily(-12_600))[0]!.offsetSeconds).toBe(-12_600);
  });

  test('in seconds begin at the local midnight', () => {
    const midnight = dayNumber(DAY) * 86_400;
    expect(readAs(undefined, daily(3_600, [midnight - 3_600]))).toHaveLength(1);
    expect(refusalOf(() => readAs(undefined, daily(3_600, [midnight]))).message).toMatch(/row 0/);
  });
});
