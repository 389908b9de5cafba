import { MemoryObjectStore } from '../../../../adapters/memory/memory-object-store';
import type { OpenQuotaBook } from '../../../../adapters/open-meteo/quota-book';
import { sharedQuotaBooks } from '../../../../adapters/open-meteo/shared-quota-book';
import { SILENT_LOGGER } from '../../../../core/ports/logger';
import { VirtualClock } from '../../../clock/virtual-clock';
import { FREE, NOON, RULES, reserved } from './quota-book-suite';
import { seededRandom } from './seeded-random';

const KEY = '_quota/api.open-meteo.com.free.json';
const TWO_HOURS = 7_200_000;

describe('an account of the quota that cannot be gone by', () => {
  let clock: VirtualClock;
  let memory: MemoryObjectStore;
  let open: OpenQuotaBook;
  beforeEach(() => {
    clock = new VirtualClock(NOON);
    memory = new MemoryObjectStore(clock);
    open = sharedQuotaBooks({ store: memory, clock, random: seededRandom(), logger: SILENT_LOGGER });
  });

  const documentText = async () => Buffer.from((await memory.get(KEY))!.body).toString();

  it.each([
    ['no JSON', 'counted: 12'],
    ['cut short', '{"schema_version": 1, "host": "api.open-'],
    ['another document', '{"schema_version": 1, "pipeline": "weather-daily"}'],
  ])('admits nothing by an object that is %s, leaves it and says what to do', async (_what, text) => {
    await memory.put(KEY, Buffer.from(text));

    const failure = open(FREE, RULES).admit(1);

    await expect(failure).rejects.toMatchObject({
      name: 'StorageError',
      message: expect.stringMatching(
        /_quota\/api.*Nothing is sent.*Delete the object when no run is under way/,
      ),
      context: { key: KEY },
    });
    expect(await documentText()).toBe(text);
  });

  it.each([
    ['host', '"api.open-meteo.com"', '"archive-api.open-meteo.com"'],
    ['plan', '"free"', '"keyed"'],
    ['schema version', '"schema_version": 1', '"schema_version": 2'],
    ['count', /"used": \{[^}]*\}/, '"used": { "29541234": -5 }'],
  ])('admits nothing by an account with another %s', async (_what, own, foreign) => {
    await reserved(open(FREE, RULES), 1);
    await memory.put(KEY, Buffer.from((await documentText()).replace(own, foreign)));

    await expect(open(FREE, RULES).admit(1)).rejects.toMatchObject({ name: 'StorageError' });
  });

  it('waits until windows of other lengths are over before it counts in its own', async () => {
    const longer = { ...RULES, windows: { minuteSeconds: 90, hourSeconds: 3600, daySeconds: 7200 } };
    const reservation = await reserved(open(FREE, longer), 600);
    await open(FREE, longer).settle(reservation, 600);

    const failure = open(FREE, RULES).admit(1);

    await expect(failure).rejects.toMatchObject({
      name: 'SourceUnavailableError',
      message: expect.stringContaining('windows of other lengths'),
      context: { key: KEY, retry_at: '2026-03-01T14:00:05.000Z' },
    });
    clock.advance(TWO_HOURS);
    expect(await open(FREE, RULES).admit(600)).toMatchObject({ admitted: true });
  });
});
