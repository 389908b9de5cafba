import { readAnswer } from '../../../../core/answers/read-answer';
import { bodyOf, elementOf, hourLabels, ramp } from '../../../weather/body-of';
import { BERLIN, DAILY, HOURLY, type Json, NEW_YORK, pipelineOf } from '../../../weather/pipeline-of';
import { askedOf, DAY } from './asked-of';
import { refusalOf } from './refusal-of';

const element = (envelope: Json) =>
  elementOf({ time: hourLabels(DAY), columns: { temperature_2m: ramp(24) }, envelope });
const berlin = (envelope: Json = {}) => element({ location_id: 1, ...envelope });
const newYork = (envelope: Json = {}) =>
  element({ location_id: 2, latitude: 40.7, longitude: -74, ...envelope });

const pipeline = pipelineOf();
const readText = (text: string, of = pipeline) => readAnswer(Buffer.from(text), askedOf(of, 'hourly'), of);
const read = (json: unknown, of = pipeline) => readText(Buffer.from(bodyOf(json)).toString(), of);
const refusal = (json: unknown) => refusalOf(() => read(json));

describe('the grid cell of a live answer', () => {
  test('of another location, as when ids are swapped, is refused with both positions', () => {
    const { message, context } = refusal([berlin({ location_id: 2 }), newYork({ location_id: 1 })]);

    expect(context).toMatchObject({ location: 'new-york', received: '52.5, 13.4' });
    expect(message).toContain('40.71, -74.01');
    expect(message).toContain('52.5, 13.4');
    expect(message).toContain('as for 2 of 2 locations');
  });

  test('whose id was not asked for is refused with its position and that of the location that no element names', () => {
    const { message } = refusal([
      berlin(),
      newYork({ location_id: undefined, latitude: -36.8, longitude: 174.8 }),
    ]);

    expect(message).toContain('element 1, whose grid cell lies at -36.8, 174.8, is not a location');
    expect(message).toContain('no element names new-york at 40.71, -74.01');
  });

  test.each([
    ['on another continent', { latitude: -36.8, longitude: 174.8 }],
    ['at the same latitude, far to the east', { longitude: 113.4 }],
    ['nowhere', { latitude: 999, longitude: 999 }],
    ['at a longitude that there is not', { longitude: 13.4 + 720 }],
    ['just past the bound', { latitude: BERLIN.latitude + 1.51 }],
    ['of which one coordinate alone is told, and is far', { latitude: null, longitude: 100 }],
  ])('%s is refused', (_, envelope) => {
    expect(refusal([berlin(envelope), newYork()]).context.location).toBe('berlin');
  });

  test.each([
    ['at the bound', { latitude: BERLIN.latitude + 1.5 }],
    ['on the other side of the date line', { longitude: 13.41 - 360 }],
    ['of which one coordinate alone is told, and is near', { latitude: null }],
  ])('%s is taken', (_, envelope) => {
    expect(read([berlin(envelope), newYork()])).toHaveLength(2);
  });

  test.each(['latitude', 'longitude'])('that is left out is refused for its %s, whatever the id', (name) => {
    expect(refusal([berlin({ [name]: undefined }), newYork()])).toMatchObject({
      message: expect.stringContaining('element 0 (location_id 1) does not say where its grid cell lies'),
      context: { column: name },
    });
    const alone = pipelineOf({ locations: [BERLIN] });
    expect(refusalOf(() => read(berlin({ [name]: undefined }), alone)).context.column).toBe(name);
  });

  test('may lie as far as the API that answered allows', () => {
    const archive = pipelineOf({ source: { api: 'archive' } });
    const seasonal = pipelineOf({
      source: { api: 'seasonal' },
      tables: [{ ...HOURLY, step_hours: 1 }, DAILY],
    });
    const ensemble = pipelineOf({ source: { api: 'archive', models: ['era5_ensemble'] } });
    const far = [berlin({ latitude: BERLIN.latitude + 1 }), newYork()];

    expect(read(far, ensemble)).toHaveLength(2);
    expect(refusalOf(() => read(far, archive)).message).toContain('the archive API answers from within 0.75');
    expect(read(far, seasonal)).toHaveLength(2);
  });

  test('may have the other sign at the date line', () => {
    const fiji = pipelineOf({ locations: [{ ...BERLIN, latitude: -16.8, longitude: 179.97 }] });

    expect(read(element({ latitude: -16.75, longitude: -179.9 }), fiji)[0]!.gridLongitude).toBe(-179.9);
  });

  test.each(['nan', '-nan', 'null'])('that is %s is not told: the id says whose it is', (word) => {
    const text = JSON.stringify([newYork(), berlin()])
      .replace('"latitude":52.5,"longitude":13.4', `"latitude":${word},"longitude":${word}`)
      .replace('"elevation":38', `"elevation":${word}`);

    const answers = readText(text);

    expect(answers.map(({ location }) => location.id)).toEqual(['new-york', 'berlin']);
    expect(answers[1]).not.toHaveProperty('gridLatitude');
    expect(answers[1]).not.toHaveProperty('gridLongitude');
  });

  test('that is not told needs no id where there is one location', () => {
    const alone = pipelineOf({ locations: [BERLIN] });
    const bare = { location_id: undefined, latitude: null, longitude: null };

    expect(read(berlin(bare), alone)).toHaveLength(1);
  });
});

describe('elements without any location_id', () => {
  const silent = { location_id: undefined };

  test('are in the order of the request, and near to their places', () => {
    const answers = read([berlin(silent), newYork(silent)]);

    expect(answers.map(({ location }) => location.id)).toEqual(['berlin', 'new-york']);
    expect(refusal([newYork(silent), berlin(silent)]).context.location).toBe('berlin');
  });

  test('are refused where one does not tell its coordinates either', () => {
    expect(refusal([berlin(silent), newYork({ ...silent, longitude: null })]).message).toMatch(
      /location_id.*element 1 has neither an id nor coordinates/,
    );
  });
});

describe('the elevation', () => {
  test.each([-500, 0, 8848.9, 9000])('%d m is one that land has', (elevation) => {
    expect(read([berlin({ elevation }), newYork()])[0]!.elevation).toBe(elevation);
  });

  test.each([-500.1, 9000.5, 1e6, -32768])('%d m is refused', (elevation) => {
    expect(refusal([berlin({ elevation }), newYork()])).toMatchObject({
      message: expect.stringMatching(/-500 to 9000 m/),
      context: { location: 'berlin', column: 'elevation', received: String(elevation) },
    });
  });
});

test('both faults at once are told by the cell first, since the elevation is then another place’s', () => {
  const { message } = refusal([berlin({ latitude: NEW_YORK.latitude, elevation: 99_999 }), newYork()]);

  expect(message).toContain('not near the place asked for');
});
