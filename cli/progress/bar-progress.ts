import type { RunWait } from '../../core/runs/run-parts';
import type { Progress } from './progress';
import type { ProgressEvent } from './progress-event';
import type { ProgressMeter } from './progress-meter';
import { progressTexts, waitTexts } from './progress-text';
import type { StatusLine } from './status-line';

/** A bar over the days with rate and remaining time; during a wait, its reason and its end. */
export class BarProgress implements Progress {
  private wait: RunWait | undefined;

  constructor(
    readonly meter: ProgressMeter,
    private readonly line: StatusLine,
  ) {}

  onEvent(event: ProgressEvent): void {
    this.meter.take(event);
    this.wait = event.type === 'wait' ? event.wait : undefined;
    this.line.show((columns) => this.text(columns));
  }

  stop(): void {
    this.line.hide();
  }

  private text(columns: number): string {
    const now = this.meter.now();
    if (this.wait !== undefined && this.wait.until > now) return fitting(waitTexts(this.wait, now), columns);
    const bar = blocks(this.meter.days === 0 ? 0 : this.meter.daysDone / this.meter.days, columns);
    return `${bar} ${fitting(progressTexts(this.meter), columns - bar.length - 1)}`;
  }
}

/** The first text that fits; of the last one, which is the shortest, what fits. */
function fitting(texts: readonly string[], columns: number): string {
  const found = texts.find(({ length }) => length <= columns) ?? texts.at(-1)!;
  return found.slice(0, Math.max(0, columns));
}

/** Widths of the bar, by the columns that the whole line needs for it. */
const BAR_WIDTHS = [
  [75, 24],
  [50, 12],
  [0, 6],
] as const;

function blocks(share: number, columns: number): string {
  const [, width] = BAR_WIDTHS.find(([from]) => columns >= from) ?? [0, 0];
  const full = Math.round(Math.min(1, share) * width);
  return '█'.repeat(full) + '░'.repeat(width - full);
}
