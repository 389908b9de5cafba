import {
  DEADLINE_MARGIN_SECONDS,
  DEADLINE_MARGIN_SHARE,
  secondsToDeadline,
  startDeadline,
} from '../../../../adapters/lambda/deadline';
import { DeadlineExceededError } from '../../../../core/errors';

describe('secondsToDeadline', () => {
  test('leaves the margin to a long limit, and a share of it to a short one', () => {
    expect(secondsToDeadline(900_000)).toBe(900 - DEADLINE_MARGIN_SECONDS);
    expect(secondsToDeadline(20_000)).toBe(20 * (1 - DEADLINE_MARGIN_SHARE));
    expect(secondsToDeadline(0)).toBe(0);
    expect(secondsToDeadline(-5)).toBe(0);
  });
});

describe('startDeadline', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  test('aborts at the deadline, not before, with an error that may be tried again', () => {
    const { signal, seconds } = startDeadline(900_000);

    jest.advanceTimersByTime(seconds * 1000 - 1);
    expect(signal.aborted).toBe(false);
    jest.advanceTimersByTime(1);
    expect(signal.reason).toBeInstanceOf(DeadlineExceededError);
    expect(signal.reason).toMatchObject({ retryable: true, context: { deadline_seconds: 840 } });
  });

  test('is over at once where no time remains, not when a timer fires', () => {
    const { signal } = startDeadline(0);

    expect(signal.reason).toBeInstanceOf(DeadlineExceededError);
    expect(jest.getTimerCount()).toBe(0);
  });

  test('that has ended never aborts, and keeps no process alive', () => {
    const { signal, end } = startDeadline(900_000);
    end();

    expect(jest.getTimerCount()).toBe(0);
    expect(signal.aborted).toBe(false);
  });
});
