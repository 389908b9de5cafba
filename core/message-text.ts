/** Of a list in a message; the rest is counted. */
const MOST_SHOWN = 20;
/** Characters of one part of a message: a path, a value that was received. */
const LONGEST_PART = 300;
/** Characters of a sentence, which may list what is known. */
export const LONGEST_SENTENCE = 1_000;
/** Characters of a whole message. */
const LONGEST_MESSAGE = 20_000;

const CONTROLS = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;
const CONTROLS_IN_LINES = /[^\P{Cc}\n]|[\p{Cf}\p{Cs}\u2028\u2029]/gu;
const SHORT_ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A text for a message: on one line, its control characters escaped, and its middle left out where it is long. */
export function oneLine(text: string, limit = LONGEST_PART): string {
  return printable(withoutMiddle(text, limit));
}

/** The whole of a text on one line, its control characters escaped. */
export function printable(text: string): string {
  return text.replace(CONTROLS, escaped);
}

/** A whole message, whose own lines stay. */
export function messageText(text: string): string {
  return withoutMiddle(text, LONGEST_MESSAGE).replace(CONTROLS_IN_LINES, escaped);
}

/** The first of a list, and what is said of how many there are beside them. */
export function firstOf(list: readonly string[], rest: (count: number) => string): readonly string[] {
  return list.length <= MOST_SHOWN ? list : [...list.slice(0, MOST_SHOWN), rest(list.length - MOST_SHOWN)];
}

function withoutMiddle(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const end = Math.floor(limit / 3);
  return `${text.slice(0, limit - end)}… (${text.length - limit} characters) …${text.slice(-end)}`;
}

function escaped(character: string): string {
  const code = character.codePointAt(0)!.toString(16);
  return SHORT_ESCAPES[character] ?? (code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`);
}
