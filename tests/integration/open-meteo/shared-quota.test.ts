import { MemoryObjectStore } from '../../../adapters/memory/memory-object-store';
import { OpenMeteoSource } from '../../../adapters/open-meteo/open-meteo-source';
import type { OpenMeteoSettings } from '../../../adapters/open-meteo/settings';
import { sharedQuotaBooks } from '../../../adapters/open-meteo/shared-quota-book';
import { quotaKey } from '../../../core/keys/processed-keys';
import { SILENT_LOGGER } from '../../../core/ports/logger';
import type { SimulatorOptions } from '../../../simulators/open-meteo/options';
import { type Simulator, startSimulator } from '../../../simulators/open-meteo/simulator';
import { VirtualClock } from '../../clock/virtual-clock';
import { START } from '../../open-meteo/client-bench';
import { weatherRequest } from '../../open-meteo/weather-request';

/** The clock leaps while an answer is on its way, so that requests take far longer than they do in truth. */
const LONG = { timeoutSeconds: 7200 };
const FREE_SLOTS = 5;

describe('clients that share no memory', () => {
  let clock: VirtualClock;
  let simulator: Simulator;
  let store: MemoryObjectStore;
  const start = async (options: SimulatorOptions = {}) => {
    clock = new VirtualClock(START);
    store = new MemoryObjectStore(clock);
    simulator = await startSimulator({ clock: () => clock.now(), gzip: false, ...options });
  };
  afterEach(() => simulator.close());

  const client = (settings: Partial<OpenMeteoSettings> = {}) => {
    const openBook = sharedQuotaBooks({ store, clock, random: Math.random, logger: SILENT_LOGGER });
    const parts = { clock, logger: SILENT_LOGGER, openBook };
    return new OpenMeteoSource({ plan: 'free', sourceUrl: simulator.url, ...LONG, ...settings }, parts);
  };
  const send = (source: OpenMeteoSource, weight: number) => {
    const locations = Array.from({ length: weight }, (_, index) => ({
      id: `place-${index}`,
      number: index + 1,
      latitude: 50 + index / 100,
      longitude: 10,
    }));
    const options = { keep: async () => {}, patience: 'day', retryForSeconds: 0 } as const;
    return source.fetch(weatherRequest({ locations, weight }), options);
  };
  const account = async () => {
    const key = quotaKey({ host: new URL(simulator.url).host, plan: 'free' });
    return JSON.parse(Buffer.from((await store.get(key))!.body).toString());
  };
  const refusals = () => simulator.log.filter(({ status }) => status !== 200);

  it('never meet a 429 between them, and count what the source counts', async () => {
    await start();

    await Promise.all(
      Array.from({ length: FREE_SLOTS }, async (_, index) => {
        const source = client();
        for (let sent = 0; sent < 8; sent += 1) await send(source, 40 + 10 * index);
      }),
    );

    const weight = simulator.log.reduce((sum, entry) => sum + entry.weight, 0);
    expect(refusals()).toEqual([]);
    expect(weight).toBe(8 * (40 + 50 + 60 + 70 + 80));
    expect(Object.values((await account()).windows.day.used)).toEqual([weight]);
    expect((await account()).windows.day.under_way).toEqual([]);
  });

  it('keep to windows that are set shorter', async () => {
    const windows = { minuteSeconds: 2, hourSeconds: 60, daySeconds: 600 };
    const settings = { windows, marginSeconds: 0.2 };
    await start({ windows: { minuteMs: 2000, hourMs: 60_000, dayMs: 600_000 } });

    const sources = [client(settings), client(settings), client(settings)];
    for (let round = 0; round < 4; round += 1) await Promise.all(sources.map((source) => send(source, 300)));

    expect(refusals()).toEqual([]);
    expect(clock.now() - START).toBeGreaterThanOrEqual(5 * 2000);
    expect(clock.now() - START).toBeLessThan(60_000);
  });

  it('all stop at what the source told one of them', async () => {
    await start({ faults: [{ fault: { kind: 'rate_limit', window: 'hour' } }] });
    const [one, other] = [client(), client()];
    const options = { keep: async () => {}, patience: 'minute', retryForSeconds: 0 } as const;
    await expect(one.fetch(weatherRequest(), options)).rejects.toMatchObject({ context: { window: 'hour' } });

    const failure = other.fetch(weatherRequest(), options);

    await expect(failure).rejects.toMatchObject({
      name: 'SourceUnavailableError',
      context: { window: 'hour', attempts: 0, retry_at: '2026-03-01T13:00:05.000Z' },
    });
    expect(simulator.log).toHaveLength(1);
  });

  it('send nothing while the account cannot be read', async () => {
    await start();
    await send(client(), 1);
    await store.put(quotaKey({ host: new URL(simulator.url).host, plan: 'free' }), Buffer.from('?'));

    await expect(send(client(), 1)).rejects.toMatchObject({ name: 'StorageError' });

    expect(simulator.log).toHaveLength(1);
  });
});
