import { readAnswer } from '../../../../core/answers/read-answer';
import { SourceContractError } from '../../../../core/errors';
import { convert } from '../../../../core/units/conversion';
import { bodyOf, elementOf, hourLabels, ramp } from '../../../weather/body-of';
import { BERLIN, DAILY, HOURLY, type Json, pipelineOf } from '../../../weather/pipeline-of';
import { askedOf, DAY } from './asked-of';
import { refusalOf } from './refusal-of';

const hourly = (envelope: Json = {}, more: Json = {}) =>
  elementOf({ time: hourLabels(DAY), columns: { temperature_2m: ramp(24) }, envelope, ...more });

describe('units of an answer', () => {
  const pipeline = pipelineOf({ locations: [BERLIN] });
  const read = (units: Json) =>
    readAnswer(bodyOf(hourly({}, { units })), askedOf(pipeline, 'hourly'), pipeline)[0]!.columns.get(
      'weather_hourly',
    )![0]!;

  test('are converted when they are known', () => {
    const { conversion } = read({ temperature_2m: '°F' });
    expect(convert(32, conversion!)).toBe(0);
  });

  test('are refused when not, with what would do', () => {
    const { message, context } = refusalOf(() => read({ temperature_2m: 'furlong' }));
    expect(message).toMatch(/cannot be converted to "°C"; known here: °C, °F, K/);
    expect(context.received).toBe('"furlong"');
  });

  test.each([
    ['°C', 'nothing is converted to that; say in the pipeline "°C" or "°F" or "K"'],
    ['cubit', 'nothing is converted to that; say in the pipeline "cubit"'],
  ])(
    '%s is refused where the pipeline wants a unit that nobody knows, with what would do',
    (unit, wayOut) => {
      const columns = [{ source: 'temperature_2m', unit: 'furlong' }];
      const odd = pipelineOf({ locations: [BERLIN], tables: [{ ...HOURLY, columns }] });
      const body = bodyOf(hourly({}, { units: { temperature_2m: unit } }));
      const { message } = refusalOf(() => readAnswer(body, askedOf(odd, 'hourly'), odd));

      expect(message).toContain(`cannot be converted to "furlong"; ${wayOut}`);
    },
  );

  test('"undefined" means that the API does not have the variable, and the error says so', () => {
    expect(refusalOf(() => read({ temperature_2m: 'undefined' })).message).toMatch(
      /does not have the variable/,
    );
  });

  test('must be named', () => {
    const silent = { ...hourly(), hourly_units: { time: 'iso8601' } };
    expect(
      refusalOf(() => readAnswer(bodyOf(silent), askedOf(pipeline, 'hourly'), pipeline)).message,
    ).toMatch(/names no unit/);
  });

  test('of texts are not converted: another one is refused', () => {
    const noted = pipelineOf({
      locations: [BERLIN],
      tables: [{ ...HOURLY, columns: [{ source: 'note', type: 'string', unit: 's' }] }],
    });
    const body = bodyOf(
      elementOf({ time: hourLabels(DAY), columns: { note: Array(24).fill('calm') }, units: { note: 'h' } }),
    );
    expect(refusalOf(() => readAnswer(body, askedOf(noted, 'hourly'), noted)).context.received).toBe('"h"');
  });

  test('of times are the two that the source writes times in', () => {
    const sun = pipelineOf({
      locations: [BERLIN],
      tables: [{ ...DAILY, columns: [{ source: 'sunrise', type: 'timestamp', unit: 'iso8601' }] }],
    });
    const body = (unit: string, value: unknown) =>
      bodyOf(
        elementOf({
          section: 'daily',
          time: [DAY],
          columns: { sunrise: [value] },
          units: { sunrise: unit },
          envelope: { utc_offset_seconds: 3_600 },
        }),
      );
    const readSun = (unit: string, value: unknown) =>
      readAnswer(body(unit, value), askedOf(sun, 'daily'), sun);
    expect(readSun('iso8601', `${DAY}T06:30`)).toHaveLength(1);
    expect(readSun('unixtime', 1_700_000_000)).toHaveLength(1);
    expect(() => readSun('s', 1_700_000_000)).toThrow(SourceContractError);
  });
});
