import { readAnswer } from '../../../../core/answers/read-answer';
import { SourceContractError } from '../../../../core/errors';
import { bodyOf, elementOf, hourLabels, ramp } from '../../../weather/body-of';
import { BERLIN, type Json, NEW_YORK, pipelineOf } from '../../../weather/pipeline-of';
import { askedOf, DAY } from './asked-of';
import { refusalOf } from './refusal-of';

const hourly = (envelope: Json = {}, more: Json = {}) =>
  elementOf({ time: hourLabels(DAY), columns: { temperature_2m: ramp(24) }, envelope, ...more });
const both = [hourly({ location_id: 1 }), hourly({ location_id: 2, latitude: 40.7, longitude: -74 })];

describe('readAnswer', () => {
  const pipeline = pipelineOf();
  const read = (json: unknown) => readAnswer(bodyOf(json), askedOf(pipeline, 'hourly'), pipeline);

  test('gives the rows of every location, in any order of the answer, with what is known of its grid cell', () => {
    const answers = read(both.toReversed());
    expect(answers.map(({ location }) => location.id)).toEqual(['new-york', 'berlin']);
    expect(answers[1]).toMatchObject({
      gridLatitude: 52.5,
      gridLongitude: 13.4,
      elevation: 38,
      offsetSeconds: 0,
    });
    expect(answers[0]!.columns.get('weather_hourly')![0]!.conversion).toBeNull();
    expect(answers[0]!.section.rows).toBe(24);
  });

  test('one location is an object, and its location_id is checked where there is one', () => {
    const alone = pipelineOf({ locations: [BERLIN] });
    const asked = askedOf(alone, 'hourly');
    expect(readAnswer(bodyOf(hourly()), asked, alone)).toHaveLength(1);
    expect(readAnswer(bodyOf(hourly({ location_id: undefined })), asked, alone)).toHaveLength(1);
    expect(refusalOf(() => readAnswer(bodyOf(hourly({ location_id: 2 })), asked, alone)).message).toContain(
      'location_id',
    );
  });

  test('elevation may be left out, and coordinates may be null', () => {
    const [answer] = read([hourly({ elevation: undefined, latitude: null }), both[1]]);
    expect(answer).not.toHaveProperty('elevation');
    expect(answer).not.toHaveProperty('gridLatitude');
  });

  test('leaves out locations that the pipeline has no longer', () => {
    const shorter = pipelineOf({ locations: [NEW_YORK] });
    const answers = readAnswer(bodyOf(both), askedOf(pipeline, 'hourly'), shorter);
    expect(answers.map(({ location }) => location.id)).toEqual(['new-york']);
  });

  test.each<[string, unknown, RegExp]>([
    ['a location too few', [both[0]], /2 locations were asked for \(received 1\)/],
    ['a location too many', [...both, both[0]], /2 locations were asked for \(received 3\)/],
    ['a location there twice', [both[0], both[0]], /element 1, .*there twice.*\(received 1\)/],
    ['a location nobody asked for', [both[0], hourly({ location_id: 3 })], /element 1, .*\(received 3\)/],
    ['no location_id', [both[0], hourly({ location_id: undefined })], /location_id.*\(received none\)/],
    ['location_id 0', [hourly({ location_id: 0 }), both[1]], /location_id/],
    ['no offset', [hourly({ utc_offset_seconds: undefined }), both[1]], /does not say its offset/],
    [
      'hours at another offset',
      [hourly({ utc_offset_seconds: 3600 }), both[1]],
      /must be at 0 seconds.*3600/,
    ],
    [
      'a column that is missing',
      [elementOf({ time: hourLabels(DAY), columns: { rain: ramp(24) } }), both[1]],
      /temperature_2m.*missing/,
    ],
    [
      'a section that is missing',
      [elementOf({ section: 'daily', time: [DAY], columns: {} }), both[1]],
      /does not hold this section/,
    ],
  ])('refuses %s', (_, json, message) => {
    expect(() => read(json)).toThrow(SourceContractError);
    expect(() => read(json)).toThrow(message);
  });

  test('says where: location, section, column and byte', () => {
    const broken = elementOf({
      time: hourLabels(DAY),
      columns: { rain: ramp(24) },
      envelope: { location_id: 2, latitude: 40.7, longitude: -74 },
    });
    const body = bodyOf([both[0], broken]);
    const { context } = refusalOf(() => readAnswer(body, askedOf(pipeline, 'hourly'), pipeline));
    expect(context).toMatchObject({ location: 'new-york', section: 'hourly', column: 'temperature_2m' });
    expect(Buffer.from(body).subarray(Number(context.byte_offset)).toString()).toMatch(/^\{"time"/);
  });
});
