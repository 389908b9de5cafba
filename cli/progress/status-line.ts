import type { Terminal } from '../surroundings';

const MILLISECONDS_BETWEEN_DRAWS = 250;
const CLEAR_LINE = '\r\u001b[K';
const COLUMNS_UNKNOWN = 80;
/** Room for the `^C` that a terminal echoes: behind a full line it would wrap and stay there. */
const COLUMNS_LEFT_FREE = 3;

/** The text that fits into a number of columns. */
export type StatusText = (columns: number) => string;

/** The last line of a terminal while a command works. What is written through it appears above that line. */
export class StatusLine {
  private text: StatusText | undefined;
  private timer: NodeJS.Timeout | undefined;
  private hidden = false;

  constructor(private readonly terminal: Terminal) {}

  get isTTY(): boolean {
    return this.terminal.isTTY === true;
  }

  /** Draws the line, and draws it again as time goes by until it is hidden. A line that was hidden stays so. */
  show(text: StatusText): void {
    if (this.hidden) return;
    this.text = text;
    this.draw();
    this.timer ??= setInterval(() => this.draw(), MILLISECONDS_BETWEEN_DRAWS).unref();
  }

  /** @param lines each with its line end */
  write(lines: string): void {
    this.terminal.write(this.text === undefined ? lines : `${CLEAR_LINE}${lines}`);
    this.draw();
  }

  hide(): void {
    clearInterval(this.timer);
    if (this.text !== undefined) this.terminal.write(CLEAR_LINE);
    this.text = undefined;
    this.hidden = true;
  }

  private draw(): void {
    if (this.text === undefined) return;
    const columns = (this.terminal.columns ?? COLUMNS_UNKNOWN) - COLUMNS_LEFT_FREE;
    this.terminal.write(`${CLEAR_LINE}${this.text(columns)}`);
  }
}
