import { spawn } from 'node:child_process';
import { Terminal } from '@xterm/headless';

/** util-linux's `script` runs a command on a pseudo-terminal of its own; other systems' takes other arguments. */
export const HAS_PSEUDO_TERMINAL = process.platform === 'linux';

const ROWS = 24;
const CTRL_C = '\x03';
/** A command that neither ends nor shows what is waited for is ended, so that the test can tell what it did show. */
const LIMIT_MS = 90_000;

export interface TerminalRun {
  readonly columns: number;
  /** The command line, each word a shell word. */
  readonly words: readonly string[];
  readonly cwd: string;
  /** Presses Ctrl-C once the screen matches. */
  readonly interruptAt?: RegExp;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export interface TerminalEnd {
  /** What a reader sees in the end, scrolled-off lines included, wrapped lines joined, without the prompt. */
  readonly lines: readonly string[];
  /** What stands from the start of the line in which the shell prompts. */
  readonly prompt: string;
  /** Every different text that the last line of the screen held while the command ran. */
  readonly lastLines: readonly string[];
  readonly wrapsLines: boolean;
  /** The command's exit code. */
  readonly code: number;
  readonly bytes: string;
}

/** Runs a command on a pseudo-terminal and reads the screen as an emulator shows it. Rejects when it cannot be started. */
export async function runOnTerminal(run: TerminalRun): Promise<TerminalEnd> {
  const screen = new Terminal({ cols: run.columns, rows: ROWS, scrollback: 2000, allowProposedApi: true });
  const child = spawn('script', ['-qefc', shellScript(run), '/dev/null'], {
    cwd: run.cwd,
    env: { ...process.env, TERM: 'xterm-256color', ...run.env },
  });
  const lastLines = new Set<string>();
  let bytes = '';
  let interrupted = false;
  child.stdout.on('data', (chunk: Buffer) => {
    bytes += chunk.toString();
    screen.write(chunk, () => {
      const last = logicalLines(screen).at(-1) ?? '';
      lastLines.add(last);
      if (run.interruptAt === undefined || interrupted || !run.interruptAt.test(last)) return;
      interrupted = true;
      child.stdin.write(CTRL_C);
    });
  });
  const limit = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS);
  const code = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (ended) => resolve(ended ?? -1));
  });
  clearTimeout(limit);
  await new Promise<void>((resolve) => screen.write('', resolve));
  const lines = logicalLines(screen);
  return {
    lines: lines.slice(0, -1),
    prompt: lines.at(-1) ?? '',
    lastLines: [...lastLines],
    wrapsLines: screen.modes.wraparoundMode,
    code,
    bytes,
  };
}

/** The shell outlives Ctrl-C, as one that a person types into does, and prompts again. */
function shellScript({ columns, words }: TerminalRun): string {
  const quoted = words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
  return `stty cols ${columns} rows ${ROWS}; trap : INT; ${quoted}; code=$?; printf '$ '; exit $code`;
}

/** Empty lines below the text left out. */
function logicalLines({ buffer: { active } }: Terminal): string[] {
  const lines: string[] = [];
  for (let row = 0; row < active.length; row++) {
    const line = active.getLine(row)!;
    const text = line.translateToString(false);
    if (line.isWrapped) lines.push(`${lines.pop()}${text}`);
    else lines.push(text);
  }
  while (lines.length > 0 && lines.at(-1)!.trim() === '') lines.pop();
  return lines.map((line) => line.trimEnd());
}
