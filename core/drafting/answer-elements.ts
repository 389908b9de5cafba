import { ConfigError } from '../errors';
import { SECTIONS, type Section } from '../model/source';

/** A section of an element: its columns without `time`, and the units received. */
export interface AnswerBlock {
  readonly columns: ReadonlyMap<string, readonly unknown[]>;
  readonly units: ReadonlyMap<string, string>;
  /** Labels or seconds of the rows, as received. */
  readonly time: readonly unknown[];
}

/** One location of an answer, as it says itself. */
export interface AnswerElement {
  readonly latitude?: number;
  readonly longitude?: number;
  readonly timezone?: string;
  readonly utcOffsetSeconds?: number;
  readonly sections: ReadonlyMap<Section, AnswerBlock>;
  /** Whether it is the block of a section without the envelope around it. */
  readonly isBare: boolean;
  /** The bare block, while nobody has said of which section. */
  readonly unnamed?: AnswerBlock;
}

type Members = Readonly<Record<string, unknown>>;

const SUBJECT = 'This is no answer that a pipeline can be drafted from:';
const ENVELOPE_KEYS: ReadonlySet<string> = new Set(['latitude', 'longitude', ...SECTIONS]);
const KEYS_SHOWN = 8;

/**
 * The locations of a parsed answer.
 *
 * @param bareSection section of a file that is a block without envelope
 * @throws ConfigError when it holds no section
 */
export function readElements(json: unknown, bareSection: Section | undefined): AnswerElement[] {
  const elements = Array.isArray(json) ? json : [json];
  if (elements.length === 0) throw noAnswer('the list is empty; an answer has at least one location');
  return elements.map((element) => readElement(element, bareSection));
}

function readElement(json: unknown, bareSection: Section | undefined): AnswerElement {
  if (!isObject(json)) throw noAnswer('an answer is an object, or a list of objects', kindOf(json));
  if (isBare(json)) {
    const block = readBlock(json, undefined);
    return bareSection === undefined
      ? { isBare: true, sections: new Map(), unnamed: block }
      : { isBare: true, sections: new Map([[bareSection, block]]) };
  }
  const sections = SECTIONS.flatMap((section) => {
    const block = json[section];
    return isObject(block) ? [[section, readBlock(block, json[`${section}_units`])] as const] : [];
  }).filter(([, { columns }]) => columns.size > 0);
  if (sections.length === 0) throw noSection(json);
  return { ...readEnvelope(json), isBare: false, sections: new Map(sections) };
}

function readEnvelope({ latitude, longitude, timezone, utc_offset_seconds: offset }: Members) {
  return {
    ...(typeof latitude === 'number' && { latitude }),
    ...(typeof longitude === 'number' && { longitude }),
    ...(typeof timezone === 'string' && { timezone }),
    ...(typeof offset === 'number' && { utcOffsetSeconds: offset }),
  };
}

function readBlock(block: Members, units: unknown): AnswerBlock {
  const columns = Object.entries(block)
    .filter(([name]) => name !== 'time')
    .map(([name, values]) => [name, Array.isArray(values) ? values : [values]] as const);
  const texts = Object.entries(isObject(units) ? units : {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  const time = Array.isArray(block.time) ? block.time : [block.time];
  return { columns: new Map(columns), units: new Map(texts), time };
}

/** As the decoder sees it: the first key that tells decides. */
function isBare(json: Members): boolean {
  const telling = Object.keys(json).find((key) => key === 'time' || ENVELOPE_KEYS.has(key));
  return telling === 'time';
}

function noSection(json: Members): ConfigError {
  if (typeof json.reason === 'string')
    return noAnswer('the source answered with an error; fetch the answer again', JSON.stringify(json.reason));
  if (Array.isArray(json.elevation))
    return noAnswer(
      'no section with a column in it: this is an answer of the elevation API, which has no weather; a location of a pipeline takes its elevation from there',
      'elevation',
    );
  const keys = Object.keys(json).slice(0, KEYS_SHOWN).join(', ');
  return noAnswer(
    'no section with a column in it; the answer of a weather API has hourly, daily or another',
    `an object with the keys ${keys === '' ? '(none)' : keys}`,
  );
}

function noAnswer(message: string, received?: string): ConfigError {
  return new ConfigError(SUBJECT, [{ path: '', message, ...(received !== undefined && { received }) }]);
}

/** A list may be nested deeper than can be written out. */
function kindOf(json: unknown): string {
  return Array.isArray(json) ? 'a list' : JSON.stringify(json);
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
