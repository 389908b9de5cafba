import { SingleBar } from 'cli-progress';
import type { SourceWait } from '../../core/ports/weather-source';
import type { Terminal } from '../surroundings';
import type { Progress, ProgressEvent } from './progress';
import type { ProgressMeter } from './progress-meter';
import { progressText, waitText } from './progress-text';

const REDRAWS_PER_SECOND = 4;

/** A bar over the days, with rate and remaining time; while the run waits, what for and until when. */
export class BarProgress implements Progress {
  private wait: SourceWait | undefined;
  private readonly bar: SingleBar;

  constructor(
    private readonly meter: ProgressMeter,
    stderr: Terminal,
  ) {
    this.bar = new SingleBar({
      stream: stderr,
      fps: REDRAWS_PER_SECOND,
      hideCursor: true,
      // An interruption leaves at once: the bar itself gives the cursor back.
      gracefulExit: true,
      clearOnComplete: true,
      format: (_, { progress }) => `${blocks(progress)} ${this.text()}`,
    });
  }

  onEvent(event: ProgressEvent): void {
    this.meter.take(event);
    this.wait = event.type === 'wait' ? event.wait : undefined;
    if (event.type === 'planned') this.bar.start(this.meter.days, 0);
    else this.bar.update(this.meter.daysDone);
  }

  stop(): void {
    this.bar.stop();
  }

  private text(): string {
    return this.wait === undefined ? progressText(this.meter) : waitText(this.wait, this.meter.now());
  }
}

const WIDTH = 24;

function blocks(progress: number): string {
  const full = Math.round(Math.min(1, progress) * WIDTH);
  return '█'.repeat(full) + '░'.repeat(WIDTH - full);
}
