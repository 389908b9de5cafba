import type { SourceWait } from '../../core/ports/weather-source';
import { durationText } from '../text/quantities';
import type { ProgressMeter } from './progress-meter';

/** `120 of 3650 days, 3 of 20 requests, 45.2 days/s, 1 min 18 s left` */
export function progressText(meter: ProgressMeter): string {
  const parts = [`${meter.daysDone} of ${meter.days} days`];
  if (meter.requests > 0) parts.push(`${meter.requestsDone} of ${meter.requests} requests`);
  if (meter.daysFailed > 0) parts.push(`${meter.daysFailed} failed`);
  if (meter.rate > 0) parts.push(`${meter.rate.toPrecision(3)} days/s`);
  if (meter.remainingSeconds !== undefined && meter.daysDone < meter.days)
    parts.push(`${durationText(meter.remainingSeconds)} left`);
  return parts.join(', ');
}

const REASONS: Readonly<Record<SourceWait['reason'], string>> = {
  pace: 'to stay within the quota',
  quota: 'for the quota',
  shared_quota: 'for the quota, which others of this address have used up',
  concurrency: 'for other requests of this address to end',
  outage: 'for the source to recover',
};

/** `Waiting for the quota of the hour until 2026-01-01T13:00:05Z (12 min)` */
export function waitText({ reason, window, until }: SourceWait, now: number): string {
  const instant = `${new Date(until).toISOString().slice(0, 19)}Z`;
  const which = window === undefined ? '' : ` (${window})`;
  return `Waiting ${REASONS[reason]}${which} until ${instant}, ${durationText(Math.max(0, until - now) / 1000)}`;
}
