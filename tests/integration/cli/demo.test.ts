import { manifestOf } from '../../lake/manifest-of';
import { BuiltCommand } from './built-command';

let command: BuiltCommand;

beforeAll(async () => {
  command = await BuiltCommand.build();
});

afterAll(() => command.remove());

describe('the demo', () => {
  test('ingests a few days, shows what was written and a query result, and runs a second time', async () => {
    const first = await command.callBundle('demo', []);
    const second = await command.callBundle('demo', []);

    for (const { code, stdout } of [first, second]) {
      expect(code).toBe(0);
      expect(stdout).toMatch(/^3 days · 3 (published|unchanged) · 2 requests sent/m);
      expect(stdout).toMatch(/^raw\/weather-daily\/\S+\.json\.gz +[\d.]+ KiB$/m);
      expect(stdout).toMatch(/^processed\/weather_daily\/date=\S+\.parquet +[\d.]+ KiB$/m);
      expect(stdout).toMatch(/^São Paulo +[-\d.]+ +[-\d.]+ +[\d.]+$/m);
      expect(stdout).toContain('(10 rows)');
    }
  });

  test('does not write over real weather', async () => {
    const real = manifestOf('2025-03-01', { pipeline: 'weather-daily' });
    await command.write('real/processed/_manifests/weather-daily/date=2025-03-01.json', real);

    const { code, stderr } = await command.callBundle('demo', ['--lake', 'real']);

    expect(code).toBe(2);
    expect(stderr).toContain(
      'choose another: npm run demo -- --lake ./demo-lake (received real with 1 real day)',
    );
  });
});
