const DECODER = new TextDecoder('utf-8', { ignoreBOM: true });
const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|(.))/g;
const ESCAPED: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** Text of a literal that was checked, between its quotes. */
export function decodeLiteral(body: Uint8Array, start: number, end: number): string {
  const text = DECODER.decode(body.subarray(start, end));
  return text.includes('\\') ? text.replace(ESCAPE, unescapeOne) : text;
}

function unescapeOne(_: string, hex: string | undefined, letter: string): string {
  return hex === undefined ? (ESCAPED[letter] ?? letter) : String.fromCharCode(Number.parseInt(hex, 16));
}
