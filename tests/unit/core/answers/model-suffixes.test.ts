import { readAnswer } from '../../../../core/answers/read-answer';
import { answerNames } from '../../../../core/answers/wanted-columns';
import type { DecodedColumn } from '../../../../core/decode/answer';
import { planRequests } from '../../../../core/planning/requests';
import type { Day } from '../../../../core/time/day';
import { bodyOf, elementOf, hourLabels } from '../../../weather/body-of';
import { BERLIN, HOURLY, pipelineOf } from '../../../weather/pipeline-of';
import { refusalOf } from './refusal-of';

const DAY = '2026-03-10' as Day;

function pipelineWith(models: readonly string[], source: string) {
  return pipelineOf({
    locations: [BERLIN],
    source: { models },
    tables: [{ ...HOURLY, columns: [{ source, unit: '°C' }] }],
  });
}

/** The first value of the pipeline's only column, from an answer whose columns hold the position of their name. */
function firstValue(models: readonly string[], source: string, names: readonly string[]): number {
  const pipeline = pipelineWith(models, source);
  const columns = Object.fromEntries(names.map((name, index) => [name, Array(24).fill(index)]));
  const [request] = planRequests(pipeline, { from: DAY, to: DAY, source: { api: 'forecast', models } });
  const body = bodyOf(elementOf({ time: hourLabels(DAY), columns }));
  const [answer] = readAnswer(body, { recorded: false, ...request! }, pipeline);
  const { data } = answer!.columns.get('weather_hourly')![0]!;
  return (data as Extract<DecodedColumn, { kind: 'number' }>).values[0]!;
}

describe('columns of several models', () => {
  test.each([
    { models: [], source: 't', names: ['t'] },
    { models: ['era5'], source: 't', names: ['t'] },
    { models: ['era5'], source: 't_era5', names: ['t_era5', 't'] },
    { models: ['era5', 'icon'], source: 't_era5', names: ['t_era5'] },
    { models: ['era5', 'icon'], source: 't', names: ['t', 't_era5', 't_icon'] },
    { models: [], source: 't_other', names: ['t_other'] },
  ])('$source asked of $models may be called $names', ({ models, source, names }) => {
    const column = pipelineWith(models, source).tables[0]!.columns[0]!;
    expect(answerNames(column, models)).toEqual(names);
  });

  test('one model has no suffix, and a column named with it is found without', () => {
    expect(firstValue(['era5'], 't_era5', ['x', 't'])).toBe(1);
    expect(firstValue(['era5'], 't_era5', ['t', 't_era5'])).toBe(1);
  });

  test('of several models a column without suffix is that of the first one that covers the location', () => {
    expect(firstValue(['era5', 'icon'], 't', ['t_icon', 't_era5'])).toBe(1);
    expect(firstValue(['era5', 'icon'], 't', ['x', 't_icon'])).toBe(1);
    expect(firstValue(['era5', 'icon'], 't', ['t_icon', 't'])).toBe(1);
  });

  test('of several models a named one is taken from no other', () => {
    expect(firstValue(['era5', 'icon'], 't_icon', ['t_era5', 't_icon'])).toBe(1);
    expect(refusalOf(() => firstValue(['era5', 'icon'], 't_icon', ['t_era5', 't'])).message).toMatch(
      /missing/,
    );
  });
});
