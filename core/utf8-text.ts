import { utf8CharacterLength } from './decode/utf8';
import { ConfigError, type ConfigProblem } from './errors';

const LINE_FEED = 0x0a;
const ASCII_END = 0x80;
/** Characters before the byte that is wrong, for an author to find it. */
const EXCERPT_LENGTH = 20;

/** A file whose bytes are to be text. */
export interface TextBytes {
  readonly bytes: Uint8Array;
  /** First line of an error. */
  readonly subject: string;
  /** Name of the file, where the subject does not say it. */
  readonly file?: string;
}

/**
 * The text of a file in UTF-8, without the byte order mark that may stand before it.
 *
 * @throws ConfigError with the line and byte of the first mistake in every line, both counted from 1
 */
export function utf8Text({ bytes, subject, file }: TextBytes): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    const place = file === undefined ? '' : `${file} `;
    throw new ConfigError(subject, problemsIn(bytes, place), { cause });
  }
}

function problemsIn(bytes: Uint8Array, place: string): ConfigProblem[] {
  const encoding = sixteenBits(bytes);
  if (encoding !== undefined) {
    const message = `the file is in ${encoding}; save it as UTF-8`;
    return [{ path: `${place}line 1, byte 1`, message }];
  }
  return linesOf(bytes).flatMap((line, index) => {
    const at = firstMistake(line);
    return at === undefined ? [] : [problemAt(line, at, `${place}line ${index + 1}, byte ${at + 1}`)];
  });
}

function problemAt(line: Uint8Array, at: number, path: string): ConfigProblem {
  const byte = line.subarray(at, at + 1);
  const before = new TextDecoder().decode(line.subarray(0, at)).slice(-EXCERPT_LENGTH);
  const hex = `0x${Buffer.from(byte).toString('hex').toUpperCase()}`;
  const letter = new TextDecoder('windows-1252').decode(byte);
  return {
    path,
    message: 'here the file stops being UTF-8; save it as UTF-8',
    received: `the byte ${hex} after ${JSON.stringify(before)}, which is ${JSON.stringify(letter)} in Windows-1252`,
  };
}

/** By the byte order mark. */
function sixteenBits([first, second]: Uint8Array): string | undefined {
  if (first === 0xff && second === 0xfe) return 'UTF-16';
  return first === 0xfe && second === 0xff ? 'UTF-16' : undefined;
}

function linesOf(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  let start = 0;
  for (let end = bytes.indexOf(LINE_FEED); end !== -1; end = bytes.indexOf(LINE_FEED, start)) {
    lines.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return [...lines, bytes.subarray(start)];
}

function firstMistake(line: Uint8Array): number | undefined {
  for (let at = 0; at < line.length; ) {
    const length = line[at]! < ASCII_END ? 1 : utf8CharacterLength(line, at);
    if (length === 0) return at;
    at += length;
  }
  return undefined;
}
