import { type Day, parseDay } from '../time/day';

const BODY_HASH_HEX_DIGITS = 16;
const BODY_SUFFIX = '.json.gz';
const REQUEST_SUFFIX = '.request.json';

/** Folder of the deployed pipelines. It lies beside those of their answers, so no pipeline is called so. */
export const CONFIG_FOLDER = 'config';

/** What a raw object is about. */
export interface RawPart {
  readonly pipeline: string;
  readonly from: Day;
  readonly to: Day;
  readonly requestId: string;
}

/** `<pipeline>/<from>_<to>/<request id>.request.json`: what was asked. */
export function requestKey(part: RawPart): string {
  return `${rawFolder(part)}${part.requestId}${REQUEST_SUFFIX}`;
}

/** `<pipeline>/<from>_<to>/<request id>-<hash>.json.gz`: a body. @param sha256 hex sha256 of the body, not of its gzip */
export function bodyKey(part: RawPart, sha256: string): string {
  return `${bodyPrefix(part)}${sha256.slice(0, BODY_HASH_HEX_DIGITS)}${BODY_SUFFIX}`;
}

const BODY_KEY_HASH = new RegExp(
  `-([0-9a-f]{${BODY_HASH_HEX_DIGITS}})${BODY_SUFFIX.replaceAll('.', '\\.')}$`,
);

/** The digits of the body's hash that a body's key ends with; `undefined` for any other key. */
export function bodyHashOfKey(key: string): string | undefined {
  return BODY_KEY_HASH.exec(key)?.[1];
}

/** Whether a file has a name as the archive gives to bodies, whatever it holds. */
export function isBodyName(name: string): boolean {
  return /^[0-9a-f]+-/.test(name) && BODY_KEY_HASH.test(name);
}

/** Whether a body of this hash belongs under the key. @param sha256 as in {@link bodyKey} */
export function isBodyOfKey(key: string, sha256: string): boolean {
  return bodyHashOfKey(key) === sha256.slice(0, BODY_HASH_HEX_DIGITS);
}

/** The request id in the name of a body that the archive wrote, unpacked or not. @param sha256 as in {@link bodyKey} */
export function requestIdOf(name: string, sha256: string): string | undefined {
  const [, id, hash] = /^([0-9a-f]+)-([0-9a-f]+)\.json(?:\.gz)?$/.exec(name) ?? [];
  return hash === sha256.slice(0, BODY_HASH_HEX_DIGITS) ? id : undefined;
}

/** Name of the request document that lies beside the bodies of a request. */
export function requestName(requestId: string): string {
  return `${requestId}${REQUEST_SUFFIX}`;
}

/** Whether a file of this name says what was asked, and is no answer. */
export function isRequestName(name: string): boolean {
  return name.endsWith(REQUEST_SUFFIX);
}

/** All bodies that a request ever got. */
export function bodyPrefix(part: RawPart): string {
  return `${rawFolder(part)}${part.requestId}-`;
}

export function rawPrefix(pipeline: string): string {
  return `${pipeline}/`;
}

const REQUEST_KEY = /^([a-z0-9-]+)\/(\d{4}-\d{2}-\d{2})_(\d{4}-\d{2}-\d{2})\/([0-9a-f]+)\.request\.json$/;

/** The part that a request object's key names; `undefined` for any other key. */
export function partOfRequestKey(key: string): RawPart | undefined {
  const [, pipeline, fromText, toText, requestId] = REQUEST_KEY.exec(key) ?? [];
  const from = parseDay(fromText ?? '');
  const to = parseDay(toText ?? '');
  if (pipeline === undefined || requestId === undefined || from === undefined || to === undefined)
    return undefined;
  return { pipeline, from, to, requestId };
}

/** The part that a body's key names; `undefined` for any other key. */
export function partOfBodyKey(key: string): RawPart | undefined {
  return bodyHashOfKey(key) === undefined
    ? undefined
    : partOfRequestKey(`${key.slice(0, key.lastIndexOf('-'))}${REQUEST_SUFFIX}`);
}

const DAYS_OF_KEY = /^[a-z0-9-]+\/(\d{4}-\d{2}-\d{2})_(\d{4}-\d{2}-\d{2})\//;

/** The days that a request or body is about, by its key; `undefined` for any other key. */
export function daysOfRawKey(key: string): { readonly from: Day; readonly to: Day } | undefined {
  const [, fromText, toText] = DAYS_OF_KEY.exec(key) ?? [];
  const from = parseDay(fromText ?? '');
  const to = parseDay(toText ?? '');
  return from === undefined || to === undefined ? undefined : { from, to };
}

const DAMAGE_FOLDER = '_damage/';

/** `<pipeline>/_damage/<from>_<to>/<name of the object>.json`: what was found wrong with a raw object. */
export function damageNoteKey(key: string): string {
  const folder = key.indexOf('/') + 1;
  return `${key.slice(0, folder)}${DAMAGE_FOLDER}${key.slice(folder)}.json`;
}

export function damageNotesPrefix(pipeline: string): string {
  return `${rawPrefix(pipeline)}${DAMAGE_FOLDER}`;
}

function rawFolder({ pipeline, from, to }: RawPart): string {
  return `${pipeline}/${from}_${to}/`;
}
