import { QuotaLedger, windowTooSmallFor } from '../../../../adapters/open-meteo/quota-ledger';
import { DEFAULT_OPEN_METEO_SETTINGS } from '../../../../adapters/open-meteo/settings';

const { limits, windows, marginSeconds } = DEFAULT_OPEN_METEO_SETTINGS;
const RULES = { limits, windows, marginSeconds };
const NOON = Date.parse('2026-03-01T12:00:00Z');
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const MARGIN = marginSeconds * SECOND;

function ledgerWith(used: number, at: number, rules = RULES): QuotaLedger {
  const ledger = new QuotaLedger(rules);
  ledger.settle(reserve(ledger, used, at), used, at);
  return ledger;
}

let reservations = 0;

function reserve(ledger: QuotaLedger, weight: number, at: number, expiresAt = Number.POSITIVE_INFINITY) {
  const reservation = { id: String(++reservations), weight, expiresAt };
  ledger.reserve(reservation, at);
  return reservation;
}

describe('QuotaLedger', () => {
  it('admits at once what fits exactly into the minute', () => {
    const ledger = ledgerWith(500, NOON + 10 * SECOND);

    const admission = ledger.delayUntil(100, NOON + 11 * SECOND);

    expect(admission).toEqual({ at: NOON + 11 * SECOND, reason: 'pace' });
  });

  it('waits for the next minute and a margin when the weight would go past the limit by the least', () => {
    const ledger = ledgerWith(500, NOON + 10 * SECOND);

    const admission = ledger.delayUntil(100.1, NOON + 11 * SECOND);

    expect(admission).toEqual({ at: NOON + MINUTE + MARGIN, window: 'minute', reason: 'pace' });
  });

  it('does not add up rounding errors of fractional weights to a refusal', () => {
    const ledger = new QuotaLedger({ ...RULES, limits: { ...limits, minute: 0.3 } });
    const at = NOON + 10 * SECOND;
    for (let sent = 0; sent < 2; sent += 1) ledger.settle(reserve(ledger, 0.1, at), 0.1, at);

    const admission = ledger.delayUntil(0.1, at);

    expect(0.1 + 0.1 + 0.1).toBeGreaterThan(0.3);
    expect(admission.at).toBe(at);
  });

  it.each([
    ['hour', { minute: 10_000, hour: 600, day: 10_000 }, NOON + HOUR + MARGIN],
    ['day', { minute: 10_000, hour: 10_000, day: 600 }, Date.parse('2026-03-02T00:00:00Z') + MARGIN],
  ])('names the %s as the window in the way, and its end in UTC', (window, tight, at) => {
    const ledger = ledgerWith(600, NOON + 10 * SECOND, { ...RULES, limits: tight });

    const admission = ledger.delayUntil(1, NOON + 20 * SECOND);

    expect(admission).toEqual({ at, window, reason: 'pace' });
  });

  it('names the longest of several windows in the way', () => {
    const ledger = ledgerWith(600, NOON + 10 * SECOND, {
      ...RULES,
      limits: { minute: 600, hour: 600, day: 600 },
    });

    const admission = ledger.delayUntil(1, NOON + 20 * SECOND);

    expect(admission.window).toBe('day');
  });

  it('keeps account of the minute while it looks at a later hour', () => {
    const ledger = ledgerWith(590, NOON + 10 * SECOND, {
      ...RULES,
      limits: { minute: 600, hour: 601, day: 10_000 },
    });

    const heavy = ledger.delayUntil(20, NOON + 11 * SECOND);
    const light = ledger.delayUntil(11, NOON + 11 * SECOND);

    expect(heavy.at).toBe(NOON + HOUR + MARGIN);
    expect(light.at).toBe(NOON + MINUTE + MARGIN);
  });

  it('never admits a weight that a whole window cannot hold, and names the window', () => {
    const ledger = new QuotaLedger(RULES);

    const admission = ledger.delayUntil(601, NOON);

    expect(admission).toEqual({ at: Number.POSITIVE_INFINITY, window: 'minute', reason: 'pace' });
    expect(windowTooSmallFor(601, limits)).toEqual({ window: 'minute', limit: 600 });
    expect(windowTooSmallFor(600, limits)).toBeUndefined();
  });

  it('counts a request in the window in which it was sent and again in that in which it ends', () => {
    const ledger = new QuotaLedger(RULES);
    const reservation = reserve(ledger, 400, NOON + 30 * SECOND);

    ledger.settle(reservation, 400, NOON + 90 * SECOND);

    expect(ledger.used('minute', NOON + 31 * SECOND)).toBe(400);
    expect(ledger.used('minute', NOON + 91 * SECOND)).toBe(400);
    expect(ledger.used('hour', NOON + 91 * SECOND)).toBe(400);
  });

  it('counts a request under way in the window that has begun meanwhile', () => {
    const ledger = new QuotaLedger(RULES);
    reserve(ledger, 400, NOON + 30 * SECOND);

    const admission = ledger.delayUntil(300, NOON + 90 * SECOND);

    expect(admission.at).toBe(NOON + 2 * MINUTE + MARGIN);
  });

  it('stops counting a request in new windows from its expiry on, and gives nothing back when it is settled later', () => {
    const ledger = new QuotaLedger(RULES);
    const reservation = reserve(ledger, 400, NOON + 30 * SECOND, NOON + 90 * SECOND);

    ledger.settle(reservation, 0, NOON + 130 * SECOND);

    const used = [90, 150].map((seconds) => ledger.used('minute', NOON + seconds * SECOND));
    expect(used).toEqual([400, 0]);
    expect(ledger.used('hour', NOON + 150 * SECOND)).toBe(400);
  });

  it('goes on from the state of another as that one would', () => {
    const ledger = ledgerWith(100, NOON + 10 * SECOND);
    const reservation = reserve(ledger, 400, NOON + 30 * SECOND);
    ledger.close('hour', NOON + 40 * SECOND);

    const other = new QuotaLedger(RULES, ledger.state(NOON + 50 * SECOND));
    other.settle(reservation, 0, NOON + 51 * SECOND);

    expect([ledger, other].map((one) => one.used('minute', NOON + 52 * SECOND))).toEqual([500, 100]);
    expect(other.delayUntil(1, NOON + 52 * SECOND)).toEqual(ledger.delayUntil(1, NOON + 52 * SECOND));
  });

  it('gives back what the source has not counted', () => {
    const ledger = new QuotaLedger(RULES);

    ledger.settle(reserve(ledger, 600, NOON + 10 * SECOND), 1, NOON + 11 * SECOND);

    expect(ledger.used('minute', NOON + 12 * SECOND)).toBe(1);
    expect(ledger.delayUntil(599, NOON + 12 * SECOND).at).toBe(NOON + 12 * SECOND);
  });

  it('counts what happens near a boundary in the windows on both sides of it', () => {
    const ledger = ledgerWith(400, NOON + MINUTE - 4 * SECOND);

    const before = ledger.used('minute', NOON + 30 * SECOND);
    const after = ledger.used('minute', NOON + MINUTE + 30 * SECOND);

    expect([before, after]).toEqual([400, 400]);
  });

  it('closes a window at the source’s word, and knows its own use from that of others', () => {
    const shared = ledgerWith(100, NOON + 10 * SECOND);
    const own = ledgerWith(600, NOON + 10 * SECOND);

    const byOthers = shared.close('hour', NOON + 20 * SECOND);
    const byItself = own.close('minute', NOON + 20 * SECOND);

    expect(byOthers).toEqual({
      until: NOON + HOUR + MARGIN,
      closure: 'shared_quota',
      used: 100,
      limit: 5000,
    });
    expect(byItself).toEqual({ until: NOON + MINUTE + MARGIN, closure: 'quota', used: 600, limit: 600 });
    expect(shared.delayUntil(1, NOON + 21 * SECOND)).toEqual({
      at: NOON + HOUR + MARGIN,
      window: 'hour',
      reason: 'shared_quota',
    });
    expect(shared.delayUntil(1, NOON + HOUR + MARGIN).window).toBeUndefined();
  });

  it('asks again a margin after the boundary when the refusal came just after it', () => {
    const ledger = new QuotaLedger(RULES);

    const closing = ledger.close('minute', NOON + MINUTE + 2 * SECOND);

    expect(closing.until).toBe(NOON + MINUTE + MARGIN);
  });

  it('takes windows of other lengths, aligned to the epoch', () => {
    const short = { minuteSeconds: 1, hourSeconds: 10, daySeconds: 100 };
    const ledger = ledgerWith(600, NOON + 500, { ...RULES, windows: short, marginSeconds: 0.1 });

    const admission = ledger.delayUntil(1, NOON + 600);

    expect(admission.at).toBe(NOON + 1100);
  });
});
