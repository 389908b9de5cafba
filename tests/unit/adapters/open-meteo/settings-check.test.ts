import { inspect } from 'node:util';
import { OpenMeteoSource } from '../../../../adapters/open-meteo/open-meteo-source';
import {
  DEFAULT_OPEN_METEO_SETTINGS,
  type OpenMeteoSettings,
} from '../../../../adapters/open-meteo/settings';
import { ConfigError } from '../../../../core/errors';
import { SILENT_LOGGER } from '../../../../core/ports/logger';
import { VirtualClock } from '../../../clock/virtual-clock';

const PARTS = { clock: new VirtualClock(), logger: SILENT_LOGGER };

function refusalOf(settings: OpenMeteoSettings): ConfigError {
  try {
    new OpenMeteoSource(settings, PARTS);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('the settings were taken');
}

describe('the settings of Open-Meteo', () => {
  it.each([undefined, ''])('refuse the keyed plan with the key %p', (apiKey) => {
    const error = refusalOf(apiKey === undefined ? { plan: 'keyed' } : { plan: 'keyed', apiKey });

    expect(error.message).toContain('needs an API key');
  });

  it.each(['secret key', 'secret\nkey', 'secret-ключ'])(
    'refuse a key that no header can carry, and do not show it',
    (apiKey) => {
      const error = refusalOf({ plan: 'keyed', apiKey });

      expect(error.message).toContain('header');
      expect(inspect(error, { depth: 10 })).not.toContain('secret');
    },
  );

  it.each([
    ['localhost:8080', 'http or https'],
    ['not an address', 'http or https'],
    ['file:///etc', 'http or https'],
    ['http://user:secret@localhost', 'no password'],
    ['http://localhost/?apikey=secret', 'no query'],
    ['http://localhost/#secret', 'no fragment'],
  ])('refuse the source address %p without showing what it may hold', (sourceUrl, text) => {
    const error = refusalOf({ plan: 'free', sourceUrl });

    expect(error.message).toContain(text);
    expect(inspect(error, { depth: 10 })).not.toContain('secret');
  });

  it('refuse several requests at once on the free plan', () => {
    const error = refusalOf({ plan: 'free', concurrency: 2 });

    expect(error.problems).toEqual([
      {
        path: 'source.concurrency',
        message: expect.stringContaining('one request at a time'),
        received: '2',
      },
    ]);
  });

  it('are refused with every mistake at once', () => {
    const error = refusalOf({ plan: 'keyed', sourceUrl: 'nowhere' });

    expect(error.problems).toHaveLength(2);
  });

  it('need nothing but the free plan, whose published limits are the default', () => {
    new OpenMeteoSource({ plan: 'free' }, PARTS);

    expect(DEFAULT_OPEN_METEO_SETTINGS.limits).toEqual({ minute: 600, hour: 5000, day: 10_000 });
    expect(DEFAULT_OPEN_METEO_SETTINGS.concurrency).toBe(1);
  });

  it('do not show the key when the source is printed', () => {
    const source = new OpenMeteoSource({ plan: 'keyed', apiKey: 'secret-key-1', concurrency: 4 }, PARTS);

    const printed = inspect(source, { depth: 20, showHidden: true }) + JSON.stringify(source);

    expect(printed).not.toContain('secret');
  });
});
