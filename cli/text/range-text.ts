import type { DayRange } from '../../core/status/day-ranges';

/** `2026-01-01`, `2026-01-03 to 2026-01-09` */
export function rangeText({ from, to }: DayRange): string {
  return from === to ? from : `${from} to ${to}`;
}
