import type { WeatherRequest } from '../../../../core/model/request';
import { type DayRun, planRequests } from '../../../../core/planning/requests';
import type { Day } from '../../../../core/time/day';
import {
  BERLIN,
  DAILY,
  HOURLY,
  type Json,
  locationsOf,
  NEW_YORK,
  pipelineOf,
} from '../../../weather/pipeline-of';

const RUN: DayRun = {
  from: '2026-03-08' as Day,
  to: '2026-03-10' as Day,
  source: { api: 'forecast', models: [] },
};

const plan = (parts: Json = {}, run: DayRun = RUN) => planRequests(pipelineOf(parts), run);
const idsOf = (requests: readonly WeatherRequest[]) => requests.map(({ id }) => id);

describe('planRequests', () => {
  test('asks once for each chunk and section, by chunk, then section', () => {
    const requests = plan({ locations: locationsOf(5), source: { locations_per_request: 2 } });
    expect(requests.map(({ chunk, section, locations }) => [chunk, section, locations.length])).toEqual([
      [0, 'hourly', 2],
      [0, 'daily', 2],
      [1, 'hourly', 2],
      [1, 'daily', 2],
      [2, 'hourly', 1],
      [2, 'daily', 1],
    ]);
  });

  test('numbers locations by their place in the pipeline, from 1, whatever the chunk', () => {
    const requests = plan({
      locations: locationsOf(3),
      tables: [HOURLY],
      source: { locations_per_request: 2 },
    });
    expect(requests.map(({ locations }) => locations.map(({ number }) => number))).toEqual([[1, 2], [3]]);
  });

  test('asks for each variable once, in the order of the tables', () => {
    const again = { ...HOURLY, name: 'again', columns: [...HOURLY.columns, { source: 'rain', unit: 'mm' }] };
    const [request] = plan({ tables: [HOURLY, again] });
    expect(request!.variables).toEqual(['temperature_2m', 'rain']);
  });

  test('weighs variables, models, locations and days', () => {
    const tables = [
      { ...HOURLY, columns: Array.from({ length: 20 }, (_, i) => ({ source: `v${i}`, unit: '' })) },
    ];
    const run = { ...RUN, from: '2026-01-01' as Day, to: '2026-01-28' as Day };
    expect(plan({ tables }, run)[0]!.weight).toBe(8);
    expect(plan({ tables }, { ...run, source: { api: 'forecast', models: ['a', 'b'] } })[0]!.weight).toBe(16);
  });

  test('leaves out sections whose days cannot be asked for', () => {
    const current = { name: 'now', section: 'current', columns: [{ source: 'temperature_2m', unit: '°C' }] };
    expect(plan({ tables: [current, DAILY] }).map(({ section }) => section)).toEqual(['daily']);
  });
});

describe('time zones asked for', () => {
  const zonesOf = (request: WeatherRequest | undefined) => request?.locations.map(({ timezone }) => timezone);

  test('hours are asked for in UTC: no zone is named', () => {
    const [hourly] = plan();
    expect(hourly!.locations.every((location) => !('timezone' in location))).toBe(true);
  });

  test('days are asked for at the fixed offset of standard time, with the reversed sign', () => {
    const kolkata = { ...BERLIN, id: 'kolkata', timezone: 'Asia/Kolkata' };
    const utc = { ...BERLIN, id: 'accra', timezone: 'Africa/Accra' };
    const stated = { ...BERLIN, id: 'stated', utc_offset_hours: -12 };
    const [daily] = plan({ tables: [DAILY], locations: [BERLIN, NEW_YORK, kolkata, utc, stated] });
    expect(zonesOf(daily)).toEqual(['Etc/GMT-1', 'Etc/GMT+5', 'Etc/GMT-5', 'GMT', 'Etc/GMT+12']);
  });

  test('days of UTC name no zone, days as received name the zone of the location', () => {
    expect(zonesOf(plan({ tables: [{ ...DAILY, day: 'utc' }] })[0])).toEqual([undefined, undefined]);
    expect(zonesOf(plan({ tables: [{ ...DAILY, day: 'as_received' }] })[0])).toEqual([
      'Europe/Berlin',
      'America/New_York',
    ]);
  });
});

describe('request ids', () => {
  test('are these very ones, for good: with others, everything ever fetched would be asked for again', () => {
    expect(idsOf(plan())).toEqual(['169eefcbbd7b2e10', '6e1b2117872fbfa4']);
  });

  test('do not depend on the order of keys in the file, on names of tables and columns or on limits', () => {
    const reordered = plan({
      source: { units: { wind_speed_unit: 'kn', temperature_unit: 'celsius' }, api: 'forecast' },
      name: 'other',
      schema_version: 7,
      tables: [
        { ...HOURLY, name: 'hours', columns: [{ ...HOURLY.columns[0], name: 't', range: [-1, 1] }] },
        { ...DAILY, name: 'days' },
      ],
    });
    const plain = plan({ source: { units: { temperature_unit: 'celsius', wind_speed_unit: 'kn' } } });
    expect(idsOf(reordered)).toEqual(idsOf(plain));
  });

  test('differ whenever anything asked differs', () => {
    const moved = { ...BERLIN, latitude: 52.53 };
    const variants: [Json, DayRun?][] = [
      [{}],
      [{ locations: [NEW_YORK, BERLIN] }],
      [{ locations: [BERLIN] }],
      [{ locations: [moved, NEW_YORK] }],
      [{ locations: [{ ...BERLIN, id: 'b' }, NEW_YORK] }],
      [{ locations: [{ ...BERLIN, elevation: 30 }, NEW_YORK] }],
      [{ source: { units: { wind_speed_unit: 'kn' } } }],
      [{ source: { units: { temperature_unit: 'fahrenheit' } } }],
      [{ tables: [{ ...HOURLY, columns: [{ source: 'rain', unit: 'mm' }] }] }],
      [{ tables: [{ ...HOURLY, section: 'minutely_15' }] }],
      [{}, { ...RUN, from: '2026-03-09' as Day }],
      [{}, { ...RUN, to: '2026-03-11' as Day }],
      [{}, { ...RUN, source: { api: 'archive', models: [] } }],
      [{}, { ...RUN, source: { api: 'forecast', models: ['era5'] } }],
    ];
    const first = variants.map(([parts, run]) => plan(parts, run)[0]!.id);
    expect(new Set(first).size).toBe(variants.length);
  });

  test('of days differ with the offset of a location, those of hours do not', () => {
    const [hourly, daily] = plan();
    const [hourlyMoved, dailyMoved] = plan({ locations: [{ ...BERLIN, utc_offset_hours: 2 }, NEW_YORK] });
    expect(hourlyMoved!.id).toBe(hourly!.id);
    expect(dailyMoved!.id).not.toBe(daily!.id);
  });
});
