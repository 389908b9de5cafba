import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { loadPipelineFile } from '../../adapters/filesystem/pipeline-file';
import { ConfigError } from '../../core/errors';
import { adviceFor } from '../../core/pipeline/advice';

const HEADER = 'id,name,latitude,longitude,timezone,elevation,utc_offset_hours';
const RESOURCES = resolve(__dirname, '../../resources/pipelines');

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pipeline-file-'));
});

afterEach(() => rm(folder, { recursive: true }));

async function write(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  return path;
}

function pipelineText(locations: unknown, more: Record<string, unknown> = {}): string {
  const columns = [{ source: 'temperature_2m', unit: '°C' }];
  const tables = [{ name: 'hours', section: 'hourly', columns }];
  return JSON.stringify({ name: 'small', schema_version: 1, locations, tables, ...more });
}

async function errorOf(path: string): Promise<ConfigError> {
  try {
    await loadPipelineFile(path);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('The file was taken.');
}

/** Place and message of each problem, as they are shown. */
async function problemsOf(path: string): Promise<string[]> {
  const { problems } = await errorOf(path);
  return problems.map(({ path: place, message }) => `${place}: ${message}`);
}

async function withCsv(csv: string, more: Record<string, unknown> = {}): Promise<string> {
  await write('places/cities.csv', csv);
  return write('pipeline.json', pipelineText({ csv: 'places/cities.csv' }, more));
}

describe('loadPipelineFile', () => {
  it.each([
    ['weather-daily.json', 10],
    ['air-quality.json', 13],
  ])('loads %s, which comes with the project', async (name, locations) => {
    const pipeline = await loadPipelineFile(join(RESOURCES, name));

    expect(pipeline.locations).toHaveLength(locations);
    expect(adviceFor(pipeline).filter(({ path }) => path.endsWith('.elevation'))).toEqual([]);
  });

  it('reads locations from a CSV beside the file: numbers as numbers, empty cells left out', async () => {
    const path = await withCsv(
      `\ufeff${HEADER}\r\n007,"Bern, old town",46.95, 7.45 ,Europe/Zurich,,\r\n\r\nship,Ship,-1e1,+.5,UTC,-3,-12\r\n`,
    );

    const { locations } = await loadPipelineFile(path);

    expect(locations).toEqual([
      {
        id: '007',
        name: 'Bern, old town',
        latitude: 46.95,
        longitude: 7.45,
        timezone: 'Europe/Zurich',
        number: 1,
        offsetHours: 1,
      },
      {
        id: 'ship',
        name: 'Ship',
        latitude: -10,
        longitude: 0.5,
        timezone: 'UTC',
        elevation: -3,
        utc_offset_hours: -12,
        number: 2,
        offsetHours: -12,
      },
    ]);
  });

  it('reports every bad row at its line, and the mistakes of the pipeline beside them', async () => {
    const rows = [
      'a,A,91,0,UTC,,',
      'a,A,1.5.2,0x10,UTC,,',
      ',B,0,,Mars/One,,5.5',
      'c,C,0,0,UTC',
      'd,D,0,0,UTC,,,extra',
    ];
    const path = await withCsv([HEADER, ...rows].join('\n'), { name: 'No' });

    expect(await problemsOf(path)).toEqual([
      expect.stringMatching(/^places\/cities\.csv line 5: the header has 7 columns/),
      expect.stringMatching(/^places\/cities\.csv line 6: the header has 7 columns/),
      expect.stringMatching(/^name: /),
      'places/cities.csv line 2: latitude: must be at most 90',
      'places/cities.csv line 3: latitude: must be a number',
      'places/cities.csv line 3: longitude: must be a number',
      expect.stringMatching(/^places\/cities\.csv line 4: id: must be a text, and is missing/),
      expect.stringMatching(/^places\/cities\.csv line 4: longitude: must be a number, and is missing/),
      'places/cities.csv line 4: utc_offset_hours: must be a whole number',
      expect.stringMatching(/^places\/cities\.csv line 4: timezone: must be an IANA time zone name/),
      'places/cities.csv line 3: id: already used by places/cities.csv line 2; choose another',
    ]);
  });

  it('refuses a row of too many cells although all others are good', async () => {
    const path = await withCsv(`${HEADER}\na,A,1,2,UTC,,\nb,B,1,2,UTC,,,\n`);

    expect(await problemsOf(path)).toEqual([expect.stringMatching(/line 3: the header has 7 columns/)]);
  });

  it('shows what was received in a cell', async () => {
    const { problems } = await errorOf(await withCsv(`${HEADER}\na,A,north,0,UTC,,\n`));

    expect(problems).toEqual([
      { path: 'places/cities.csv line 2', message: 'latitude: must be a number', received: '"north"' },
    ]);
  });

  it('reports a header once, not for every row', async () => {
    const path = await withCsv('id,name,latitude,longtude,zone,id\na,A,1,2,UTC,a\nb,B,1,2,UTC,b\n');

    expect(await problemsOf(path)).toEqual([
      'places/cities.csv line 1: the header lacks the column longitude; add it',
      'places/cities.csv line 1: the header lacks the column timezone; add it',
      'places/cities.csv line 1: no such column here; did you mean longitude?',
      expect.stringMatching(/^places\/cities\.csv line 1: no such column here; (known are|did you mean)/),
      'places/cities.csv line 1: the column stands twice; remove one',
    ]);
  });

  it.each([
    ['', /lacks the column id/],
    [`${HEADER}\n`, /^places\/cities\.csv: must have at least 1 entry/],
    [`${HEADER}\na,"A,1,2,UTC,,\n`, /^places\/cities\.csv line \d: .*quote/i],
    ['id;name;latitude;longitude;timezone\na;A;1;2;UTC\n', /separated by commas/],
  ])('refuses the CSV %j', async (csv, message) => {
    expect((await problemsOf(await withCsv(csv))).join('\n')).toMatch(message);
  });

  it('refuses a CSV that is not UTF-8 with line and byte, and says which letter is meant', async () => {
    const path = await withCsv('');
    const row = Buffer.from('zurich,Zürich,47.37,8.55,Europe/Zurich\n', 'latin1');
    await writeFile(
      join(folder, 'places/cities.csv'),
      Buffer.concat([Buffer.from('id,name,latitude,longitude,timezone\n'), row]),
    );

    const { problems } = await errorOf(path);

    expect(problems).toEqual([
      {
        path: `${join(folder, 'places/cities.csv')} line 2, byte 9`,
        message: expect.stringContaining('UTF-8'),
        received: expect.stringContaining('0xFC'),
      },
    ]);
  });

  it('refuses a pipeline that is not UTF-8, and takes one with a byte order mark', async () => {
    const text = pipelineText([{ id: 'a', name: 'Ä', latitude: 1, longitude: 2, timezone: 'UTC' }]);
    const latin = await write('latin.json', '');
    await writeFile(latin, Buffer.from(text, 'latin1'));
    const marked = await write('marked.json', `\ufeff${text}`);

    expect((await errorOf(latin)).message).toMatch(/latin\.json line 1, byte \d+: .*UTF-8.*0xC4/);
    expect((await loadPipelineFile(marked)).locations[0]?.name).toBe('Ä');
  });

  it('shows the first 20 of 20,000 bad rows and counts the others', async () => {
    const rows = Array.from({ length: 20_000 }, (_, index) => `p${index},P,91,0,UTC,,`);

    const { message, problems } = await errorOf(await withCsv([HEADER, ...rows].join('\n')));

    expect(problems).toHaveLength(20_000);
    expect(message.split('\n')).toHaveLength(22);
    expect(message).toContain('and 19980 more');
  });

  it('escapes what a file puts into messages', async () => {
    const path = await withCsv(`id,name,latitude,longitude,timezone,\u001b[31mred\nx\u0007,A,1,2,UTC,\n`);

    expect((await errorOf(path)).message).not.toMatch(/[^\P{Cc}\n]/u);
  });

  it.each([
    ['stands twice', '{"name": "a", "name": "b"}', /name: stands twice, at line 1, column 2/],
    ['is nested 20,000 deep', `{"description": ${'['.repeat(20_000)}${']'.repeat(20_000)}}`, /nested deeper/],
  ])('refuses a file in which something %s', async (_what, text, message) => {
    const path = await write('pipeline.json', text);

    expect((await errorOf(path)).message).toMatch(message);
  });

  it('bounds what it says of a path of 100 kB', async () => {
    const { message } = await errorOf(`${'x'.repeat(100_000)}.json`);

    expect(message.length).toBeLessThan(2_000);
  });

  it('says how to come by a file that is not there', async () => {
    const error = await errorOf(join(folder, 'none.json'));

    expect(error.message).toMatch(
      /none\.json cannot be read:\n.*no such file; draft one with: ingest-weather init/,
    );
  });

  it('says which CSV is not there', async () => {
    const path = await write('pipeline.json', pipelineText({ csv: 'nowhere.csv' }));

    expect(await problemsOf(path)).toEqual([
      expect.stringMatching(/nowhere\.csv: there is no such file; correct locations\.csv, which is relative/),
    ]);
  });

  it('refuses a folder in place of a file', async () => {
    expect(await problemsOf(folder)).toEqual([expect.stringMatching(/: it is a folder; name a file$/)]);
  });

  it('says in which line and column a file stops being JSON', async () => {
    const path = await write('pipeline.json', '{\n  "name": "small",\n  "tables": [}\n}\n');

    const error = await errorOf(path);

    expect(error.message).toContain(`The pipeline file ${path} is not JSON:`);
    expect(error.problems).toMatchObject([{ path: 'line 3, column 14', received: '}' }]);
  });

  it.each([
    ['{ "csv": "" }', { csv: '' }],
    ['a number', { csv: 3 }],
    ['a key too many', { csv: 'cities.csv', format: 'csv' }],
    ['text', 'cities.csv'],
  ])('takes %s for no name of a CSV', async (_, locations) => {
    const path = await write('pipeline.json', pipelineText(locations));

    expect(await problemsOf(path)).toEqual([expect.stringMatching(/^locations: must be a list/)]);
  });

  it.each(['null', '3', '[]'])('refuses the JSON %s', async (text) => {
    const path = await write('pipeline.json', text);

    expect((await problemsOf(path))[0]).toBe(': must be an object');
  });
});
