import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const LONGEST_SHOWN = 80;
const FOLDER = process.env.INGEST_WEATHER_ENVIRONMENTS ?? 'resources/environments';

export function environmentNames() {
  if (!existsSync(FOLDER)) return [];
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
  return files.filter((name) => !name.endsWith('.schema.json')).map((name) => name.slice(0, -'.json'.length));
}

/** What is wrong with a name that is none of the known, and the way out; `command` is what npm runs. */
export function unknownName(name, { command, known }) {
  const asked = name === undefined ? 'Which environment?' : `There is no environment ${name}.`;
  return `${asked} Say npm run ${command} -- NAME, where NAME is one of ${known.join(', ')}.`;
}

export function environmentPath(name) {
  return join(FOLDER, `${name}.json`);
}

/** An environment file, which only synth judges as a whole. @throws Error that names the file and the way out */
export function readEnvironment(name) {
  const path = environmentPath(name);
  const environment = parse(path, read(path));
  if (typeof environment === 'object' && environment !== null && !Array.isArray(environment))
    return environment;
  throw new Error(
    `${path} holds no JSON object: ${shown(environment)}. npm run synth tells of all its mistakes.`,
  );
}

function read(path) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (cause) {
    throw new Error(`${path} cannot be read: ${wayOut(cause)}`, { cause });
  }
}

/** The message quotes the file. */
function escaped(message) {
  return message.replace(/[\p{C}\u2028\u2029]/gu, (character) => JSON.stringify(character).slice(1, -1));
}

/** A list may be nested deeper than can be written. */
function shown(value) {
  return Array.isArray(value) && value.length > 0 ? 'a list' : JSON.stringify(value).slice(0, LONGEST_SHOWN);
}

function wayOut({ code }) {
  return code === 'ERR_ENCODING_INVALID_ENCODED_DATA'
    ? 'it is not UTF-8. npm run synth tells the line and byte to mend.'
    : `make it a file that you may read (${code}).`;
}

function parse(path, text) {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(
      `${path} is not JSON: ${escaped(cause.message)}. npm run synth tells the line and column to mend.`,
      { cause },
    );
  }
}
