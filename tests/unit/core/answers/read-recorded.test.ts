import { decodeRecorded, readAnswer, readRecorded } from '../../../../core/answers/read-answer';
import { SourceContractError } from '../../../../core/errors';
import type { RequestLocation } from '../../../../core/model/request';
import type { Section } from '../../../../core/model/source';
import type { Day } from '../../../../core/time/day';
import { bodyOf, elementOf, hourLabels, ramp } from '../../../weather/body-of';
import { BERLIN, DAILY, HOURLY, type Json, NEW_YORK, pipelineOf } from '../../../weather/pipeline-of';
import { refusalOf } from './refusal-of';

const DAY = '2026-03-10';

function readAs(json: unknown, { section = 'hourly', ...parts }: Json & { section?: Section } = {}) {
  const pipeline = pipelineOf(parts);
  const { models } = pipeline.source;
  return readRecorded(decodeRecorded(bodyOf(json), pipeline), { section, models }, pipeline);
}

const element = (envelope: Json = {}) =>
  elementOf({
    time: hourLabels(DAY),
    columns: { temperature_2m: ramp(24) },
    envelope: { location_id: undefined, ...envelope },
  });
const idsOf = (answers: ReturnType<typeof readAs>) => answers.map(({ location }) => location.id);

describe('locations of a recorded answer', () => {
  test('are those nearest to the grid cells, whatever location_id says', () => {
    const newYork = element({ latitude: 40.73, longitude: -74.1, location_id: 1 });
    expect(idsOf(readAs([newYork, element()]))).toEqual(['new-york', 'berlin']);
  });

  test('are the nearest of several that are near', () => {
    const potsdam = { ...BERLIN, id: 'potsdam', latitude: 52.4, longitude: 13.06 };
    const locations = [BERLIN, potsdam];
    expect(idsOf(readAs(element({ latitude: 52.43, longitude: 13.1 }), { locations }))).toEqual(['potsdam']);
    expect(idsOf(readAs(element({ latitude: 52.5, longitude: 13.4 }), { locations }))).toEqual(['berlin']);
  });

  test('lie within a grid cell of the pipeline, or the answer is refused', () => {
    expect(idsOf(readAs(element({ latitude: BERLIN.latitude + 0.74 })))).toEqual(['berlin']);
    const far = refusalOf(() => readAs(element({ latitude: BERLIN.latitude + 0.76 })));
    expect(far.message).toMatch(/no location of the pipeline lies within 0.75 degrees/);
    expect(far.context.received).toBe('53.28, 13.4');
  });

  test('are near across the date line too', () => {
    const fiji = { ...BERLIN, id: 'taveuni', latitude: -16.8, longitude: 179.97 };
    expect(
      idsOf(readAs(element({ latitude: -16.75, longitude: -179.9 }), { locations: [fiji, NEW_YORK] })),
    ).toEqual(['taveuni']);
  });

  test('are in an answer once each', () => {
    expect(refusalOf(() => readAs([element(), element({ latitude: 52.6 })]))).toMatchObject({
      context: { location: 'berlin' },
      message: expect.stringContaining('a second element'),
    });
  });

  test('must be named when there are no coordinates, and then one element is all there may be', () => {
    const bare = element({ latitude: undefined, longitude: undefined });
    expect(refusalOf(() => readAs(bare)).message).toMatch(
      /no coordinates; name its location under recorded.location/,
    );
    const recorded = { location: 'new-york' };
    expect(idsOf(readAs(bare, { recorded }))).toEqual(['new-york']);
    expect(idsOf(readAs(element(), { recorded }))).toEqual(['berlin']);
    expect(() => readAs([bare, bare], { recorded })).toThrow(SourceContractError);
    expect(() => readAs(element({ longitude: undefined }))).toThrow(/no coordinates/);
  });

  test('that lack the section are left out, and may be all', () => {
    expect(readAs(element(), { section: 'daily' })).toEqual([]);
  });
});

describe('locations of a recorded answer that lie near each other', () => {
  const SOUTH = { ...BERLIN, id: 'south', latitude: 52.48, longitude: 13.38 };
  const NORTH = { ...BERLIN, id: 'north', latitude: 52.52, longitude: 13.42 };
  const FAR = { ...NEW_YORK, id: 'far' };
  const inCell = (envelope: Json = {}) => element({ latitude: 52.5, longitude: 13.4, ...envelope });
  const reading = (json: unknown, locations: readonly Json[] = [NORTH, SOUTH], more: Json = {}) =>
    idsOf(readAs(json, { locations, ...more }));

  test.each<[string, Json[], readonly Json[], string[]]>([
    ['as the source counts them', [{}, { location_id: 1 }], [NORTH, SOUTH], ['north', 'south']],
    ['in any order of the elements', [{ location_id: 1 }, {}], [NORTH, SOUTH], ['south', 'north']],
    ['with a 0 written out', [{ location_id: 0 }, { location_id: 1 }], [SOUTH, NORTH], ['south', 'north']],
    [
      'as this project numbers them',
      [{ location_id: 2 }, { location_id: 1 }],
      [NORTH, SOUTH],
      ['south', 'north'],
    ],
    [
      'of some locations, as this project numbers them',
      [{ location_id: 3 }, { location_id: 2 }],
      [FAR, NORTH, SOUTH],
      ['south', 'north'],
    ],
    [
      'without coordinates',
      [
        { latitude: null, longitude: null },
        { location_id: 1, latitude: null },
      ],
      [NORTH, SOUTH],
      ['north', 'south'],
    ],
  ])('are told by their ids: %s', (_, envelopes, locations, expected) => {
    expect(reading(envelopes.map(inCell), locations)).toEqual(expected);
  });

  test.each<[string, unknown, readonly Json[]]>([
    ['an element has no id', inCell(), [NORTH, SOUTH]],
    ['an id may be counted from 0 or from 1', inCell({ location_id: 1 }), [NORTH, SOUTH]],
    ['no element of several has an id', [inCell(), inCell()], [NORTH, SOUTH]],
    [
      'ids are positions in a request for other locations',
      [inCell(), inCell({ location_id: 1 })],
      [NORTH, SOUTH, FAR],
    ],
    ['ids are not in the pipeline', inCell({ location_id: 7 }), [NORTH, SOUTH]],
    ['an id is there twice', [inCell({ location_id: 1 }), inCell({ location_id: 1 })], [NORTH, SOUTH]],
    [
      'one is nearer, yet both may lie in the cell',
      inCell({ latitude: 52.52, longitude: 13.41 }),
      [NORTH, SOUTH],
    ],
  ])('are named when nothing tells: %s', (_, json, locations) => {
    const { message } = refusalOf(() => reading(json, locations));

    expect(message).toMatch(/may be about any of 2 locations: (north, south|south, north)\./);
    expect(message).toContain('recorded.location');
  });

  test.each(['north', 'south'])('are told by recorded.location: %s', (location) => {
    expect(reading(inCell(), [NORTH, SOUTH], { recorded: { location } })).toEqual([location]);
  });

  test('are not told by recorded.location where it is not near', () => {
    expect(() => reading(inCell(), [NORTH, SOUTH, FAR], { recorded: { location: 'far' } })).toThrow(
      /may be about any of 2/,
    );
  });

  test('are told by ids only where these are near: a foreign request counts other places', () => {
    const json = [element({ latitude: 40.73, longitude: -74.1 }), inCell({ location_id: 1 })];

    expect(reading(json, [NORTH, FAR])).toEqual(['far', 'north']);
  });

  test('are told apart when one is clearly nearer', () => {
    const away = { ...BERLIN, id: 'away', latitude: 52.9 };

    expect(reading(inCell(), [away, NORTH])).toEqual(['north']);
    expect(reading(inCell({ latitude: 52.8 }), [away, NORTH])).toEqual(['away']);
    expect(() => reading(inCell({ latitude: 52.7 }), [away, NORTH])).toThrow(/may be about any of 2/);
  });
});

describe('a recorded answer without coordinates', () => {
  const silent = element({ latitude: null, longitude: null });

  test('is about the only location of the pipeline', () => {
    expect(idsOf(readAs(silent, { locations: [NEW_YORK] }))).toEqual(['new-york']);
  });

  test('is refused when it is a bare block, which says nothing of where it belongs', () => {
    const block = { time: hourLabels(DAY), temperature_2m: ramp(24) };
    const recorded = { section: 'hourly', utc_offset_seconds: 0, units: { temperature_2m: '°C' } };

    expect(() => readAs(block, { locations: [BERLIN], recorded })).toThrow(/recorded.location/);
  });

  test('is held to its elevation', () => {
    expect(() => readAs(element({ elevation: 9_001 }))).toThrow(/-500 to 9000 m/);
  });
});

describe('a recorded answer with its request document', () => {
  const asked = {
    recorded: true,
    api: 'forecast',
    section: 'hourly',
    models: [],
    from: DAY as Day,
    to: DAY as Day,
  } as const;
  const pipeline = pipelineOf();
  const [berlin, newYork] = pipeline.locations.map(({ id, number, latitude, longitude }) => ({
    id,
    number,
    latitude,
    longitude,
  }));
  const read = (json: unknown, locations: readonly RequestLocation[]) =>
    readAnswer(bodyOf(json), { ...asked, locations }, pipeline);

  test('is about the locations of the document, in the order of its elements', () => {
    const daily = elementOf({ section: 'daily', time: [DAY], columns: { temperature_2m_mean: [1] } });
    const json = [element({ latitude: 40.7, longitude: -74 }), daily, element({ location_id: 9 })];

    expect(idsOf(read(json, [newYork!, berlin!]))).toEqual(['new-york', 'berlin']);
  });

  test('is refused where its cells are not near those, or there are more', () => {
    expect(() => read([element(), element()], [berlin!, newYork!])).toThrow(/not near the place asked for/);
    expect(() => read([element(), element()], [berlin!])).toThrow(/names 1 locations \(received 2\)/);
  });
});

describe('what a recorded answer leaves out', () => {
  const silent = element({ utc_offset_seconds: undefined });
  const unitless = { ...element(), hourly_units: undefined };

  test('the offset is that of the answer, or the one that the pipeline states', () => {
    expect(readAs(element({ utc_offset_seconds: -10_800 }))[0]!.offsetSeconds).toBe(-10_800);
    expect(refusalOf(() => readAs(silent)).message).toMatch(/state it under recorded.utc_offset_seconds/);
    const recorded = { utc_offset_seconds: -7_200 };
    expect(readAs(silent, { recorded })[0]!.offsetSeconds).toBe(-7_200);
    expect(readAs(element({ utc_offset_seconds: 0 }), { recorded })[0]!.offsetSeconds).toBe(0);
  });

  test('units are those of the answer, or the ones that the pipeline states', () => {
    expect(refusalOf(() => readAs(unitless)).message).toMatch(/state it under recorded.units/);
    const conversionWith = (json: unknown) =>
      readAs(json, { recorded: { units: { temperature_2m: '°F' } } })[0]!.columns.get('weather_hourly')![0]!
        .conversion;
    expect(conversionWith(unitless)).not.toBeNull();
    expect(conversionWith(element())).toBeNull();
    expect(() => readAs(unitless, { recorded: { units: { temperature_2m: 'furlong' } } })).toThrow(
      SourceContractError,
    );
  });

  test('a bare block needs its section, location, offset and units stated, each of them', () => {
    const block = { time: hourLabels(DAY), temperature_2m: ramp(24) };
    const recorded = {
      section: 'hourly',
      location: 'berlin',
      utc_offset_seconds: 0,
      units: { temperature_2m: '°C' },
    };
    expect(idsOf(readAs(block, { recorded }))).toEqual(['berlin']);
    for (const key of Object.keys(recorded))
      expect(() => readAs(block, { recorded: { ...recorded, [key]: undefined } })).toThrow(
        SourceContractError,
      );
  });
});

describe('days of a recorded answer', () => {
  const daily = (offset: number) =>
    elementOf({
      section: 'daily',
      time: [DAY],
      columns: { temperature_2m_mean: [4], temperature_2m_max: [9] },
      envelope: { utc_offset_seconds: offset },
    });

  test('must be the days that the table promises', () => {
    expect(readAs(daily(3_600), { section: 'daily' })).toHaveLength(1);
    expect(() => readAs(daily(7_200), { section: 'daily' })).toThrow(/must be at 3600 seconds/);
    expect(
      readAs(daily(7_200), { section: 'daily', tables: [{ ...DAILY, day: 'as_received' }] }),
    ).toHaveLength(1);
  });

  test('must have a name: times in milliseconds, or before year 1, are refused', () => {
    const at = (time: number | string) => elementOf({ time: [time], columns: { temperature_2m: [1] } });
    expect(readAs(at('9999-12-31T00:00'))).toHaveLength(1);
    expect(readAs(at('0001-01-01T00:00'))).toHaveLength(1);
    for (const time of [1_773_100_800_000, -1e12, '0000-12-31T23:00', '9999-12-31T01:00'])
      expect(refusalOf(() => readAs(at(time))).message).toMatch(
        /[Ll]ocation (berlin|0 .*), hourly.*time.*years 1 to 9999/,
      );
  });

  test('need not be whole: hours are taken as they are', () => {
    const some = elementOf({ time: hourLabels(DAY).slice(3, 8), columns: { temperature_2m: ramp(5) } });
    expect(readAs(some, { tables: [HOURLY] })[0]!.section.rows).toBe(5);
  });
});
