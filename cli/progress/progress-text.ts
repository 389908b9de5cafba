import type { RunWait } from '../../core/runs/run-parts';
import { durationText } from '../text/quantities';
import type { ProgressMeter } from './progress-meter';

/** `120 of 3650 days, 3 of 20 requests, 45.2 days/s, 1 min 18 s left` */
export function progressText(meter: ProgressMeter): string {
  return progressTexts(meter)[0]!;
}

/** The same from long to short, the least important parts left out first. */
export function progressTexts(meter: ProgressMeter): string[] {
  const days = `${meter.daysDone} of ${meter.days} days`;
  const requests = meter.requests > 0 ? [`${meter.requestsDone} of ${meter.requests} requests`] : [];
  const failed = meter.daysFailed > 0 ? [`${meter.daysFailed} failed`] : [];
  const rate = meter.rate > 0 ? [`${meter.rate.toPrecision(3)} days/s`] : [];
  const { remainingSeconds } = meter;
  const left =
    remainingSeconds === undefined || meter.daysLeft === 0 ? [] : [`${durationText(remainingSeconds)} left`];
  return [
    [days, ...requests, ...failed, ...rate, ...left],
    [days, ...failed, ...rate, ...left],
    [days, ...failed, ...left],
    [days, ...left],
    [days],
  ].map((parts) => parts.join(', '));
}

type Reason = RunWait['reason'];

const REASONS: Readonly<Record<Reason, string>> = {
  pace: 'to stay within the quota',
  quota: 'for the quota',
  shared_quota: 'for the quota, which others of this address have used up',
  concurrency: 'for other requests of this address to end',
  outage: 'for the source to recover',
  lease: 'for another run that publishes the same date',
};

const SHORT_REASONS: Readonly<Record<Reason, string>> = {
  pace: 'for the quota',
  quota: 'for the quota',
  shared_quota: 'for the quota',
  concurrency: 'for other requests',
  outage: 'for the source',
  lease: 'for another run',
};

/** `Waiting for the quota (hour) until 2026-01-01T13:00:05Z, 12 min` @param now milliseconds since the epoch */
export function waitText(wait: RunWait, now: number): string {
  return waitTexts(wait, now)[0]!;
}

/** The same from long to short; each says until when. */
export function waitTexts(wait: RunWait, now: number): string[] {
  const { reason, until } = wait;
  const instant = `${new Date(until).toISOString().slice(0, 19)}Z`;
  const left = durationText(Math.max(0, until - now) / 1000);
  return [
    `Waiting ${REASONS[reason]}${detailOf(wait)} until ${instant}, ${left}`,
    `Waiting ${SHORT_REASONS[reason]}${detailOf(wait)} until ${instant}, ${left}`,
    `Waiting ${SHORT_REASONS[reason]} until ${instant}`,
    `Waiting until ${instant}`,
    `Until ${instant}`,
  ];
}

function detailOf(wait: RunWait): string {
  const detail = wait.reason === 'lease' ? wait.day : wait.window;
  return detail === undefined ? '' : ` (${detail})`;
}
