import { DEFAULT_LIMITS, DEFAULT_WINDOWS } from '../../../../simulators/open-meteo/limits';
import { Quota } from '../../../../simulators/open-meteo/quota';
import { REASONS } from '../../../../simulators/open-meteo/refusal';

const START = Date.parse('2026-11-20T05:00:30Z');

function quotaAt(start: number) {
  const clock = { now: start };
  return { clock, quota: new Quota(() => clock.now, DEFAULT_LIMITS, DEFAULT_WINDOWS) };
}

describe('quota', () => {
  it('lets a request in at 599 and refuses the next one, whatever it weighs', () => {
    const { quota } = quotaAt(START);
    quota.add(599);

    expect(() => quota.check()).not.toThrow();
    quota.add(4000);
    expect(() => quota.check()).toThrow(REASONS.minute);
  });

  it('refuses at exactly the limit', () => {
    const { quota } = quotaAt(START);

    quota.add(600);

    expect(() => quota.check()).toThrow(REASONS.minute);
  });

  it('clears the minute at the clock minute, not a minute after the first request', () => {
    const { quota, clock } = quotaAt(START);
    quota.add(600);

    clock.now = Date.parse('2026-11-20T05:00:59.999Z');
    expect(() => quota.check()).toThrow(REASONS.minute);
    clock.now = Date.parse('2026-11-20T05:01:00Z');
    expect(() => quota.check()).not.toThrow();
    expect(quota.used()).toEqual({ minute: 0, hour: 600, day: 600 });
  });

  it('names the minute before the hour and the hour before the day', () => {
    const { quota, clock } = quotaAt(START);
    quota.add(10_000);

    expect(() => quota.check()).toThrow(REASONS.minute);
    clock.now += 60_000;
    expect(() => quota.check()).toThrow(REASONS.hour);
    clock.now = Date.parse('2026-11-20T23:59:59Z');
    expect(() => quota.check()).toThrow(REASONS.day);
    clock.now = Date.parse('2026-11-21T00:00:00Z');
    expect(() => quota.check()).not.toThrow();
  });

  it('takes other limits under way, and forgets nothing', () => {
    const { quota } = quotaAt(START);
    quota.add(300);

    quota.setLimits({ minute: 301 });
    expect(() => quota.check()).not.toThrow();
    quota.setLimits({ minute: 300 });
    expect(() => quota.check()).toThrow(REASONS.minute);
    quota.setLimits({ minute: 600, hour: 300 });
    expect(() => quota.check()).toThrow(REASONS.hour);
  });
});
