import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { join } from 'node:path';

// Stacks name the sources, as Node's --enable-source-maps has it, but a map is read when an error is told, not when code is
// loaded: a cold start needs none. Lambda's runtime and the logger read `stack` as they do with that option.
Error.prepareStackTrace = (error, frames) =>
  [Error.prototype.toString.call(error), ...frames.map((frame) => `    at ${mapped(frame)}`)].join('\n');

/** By the code's file; `undefined` for code without a map. */
const maps = new Map<string, SourceMap | undefined>();

function mapped(frame: NodeJS.CallSite): string {
  const text = String(frame);
  const [file, line, column] = [frame.getFileName(), frame.getLineNumber(), frame.getColumnNumber()];
  if (!file?.startsWith(__dirname) || line === null || column === null) return text;
  const entry = mapOf(file)?.findEntry(line - 1, column - 1);
  if (entry === undefined || !('originalSource' in entry)) return text;
  const place = [join(__dirname, entry.originalSource), entry.originalLine + 1, entry.originalColumn + 1];
  return text.replace(`${file}:${line}:${column}`, place.join(':'));
}

function mapOf(file: string): SourceMap | undefined {
  if (!maps.has(file)) maps.set(file, readMap(`${file}.map`));
  return maps.get(file);
}

function readMap(path: string): SourceMap | undefined {
  try {
    return new SourceMap(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    // No map, or none that can be read: the error is told as it stands.
    return undefined;
  }
}
