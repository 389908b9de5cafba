import type { ConfigProblem } from '../errors';
import { SECTIONS } from '../model/source';
import { nearNames } from '../near-names';
import type { AnswerBlock, AnswerElement } from './answer-elements';
import type { AnswerDraftOptions } from './draft-options';
import type { RecognizedSource } from './recognize-source';

/** What the caller must state, or states in vain, so that the answer can be read: all of it, each with the option. */
export function missingFacts(
  elements: readonly AnswerElement[],
  options: AnswerDraftOptions,
): ConfigProblem[] {
  return [
    ...checkSection(elements),
    ...checkCoordinates(elements, options),
    ...checkOffset(elements, options),
    ...checkUnits(elements, options),
  ];
}

/** The model of an ensemble, where nothing tells it. */
export function missingModels({ api, models }: RecognizedSource): ConfigProblem[] {
  if (api !== 'ensemble' || models.length > 0) return [];
  const message =
    'the ensemble API needs the model that gave the answer, and its columns do not name it; state it, for example --models icon_seamless, or another --api if the answer came from there';
  return [{ path: '--models', message }];
}

function checkSection(elements: readonly AnswerElement[]): ConfigProblem[] {
  if (elements.every(({ unnamed }) => unnamed === undefined)) return [];
  const message = `the file is the block of a section without the envelope around it; say which section: ${SECTIONS.join(', ')}`;
  return [{ path: '--section', message }];
}

function checkCoordinates(
  elements: readonly AnswerElement[],
  { latitude, longitude }: AnswerDraftOptions,
): ConfigProblem[] {
  const isStated = latitude !== undefined && longitude !== undefined;
  const path = '--latitude, --longitude';
  if (elements.length > 1 && (latitude !== undefined || longitude !== undefined)) {
    return [
      { path, message: `they are of one location, and the answer has ${elements.length}; leave them out` },
    ];
  }
  if ((latitude === undefined) !== (longitude === undefined))
    return [{ path, message: 'one is of no use without the other; state both' }];
  const lost = elements.findIndex(
    (element) => element.latitude === undefined || element.longitude === undefined,
  );
  if (lost < 0 || isStated) return [];
  const message =
    elements.length === 1
      ? 'the answer has no coordinates; state those of its location, in degrees'
      : `element ${lost} of the answer has no coordinates; draft from a file with that location alone, and state them`;
  return [{ path, message }];
}

function checkOffset(
  elements: readonly AnswerElement[],
  { utcOffsetSeconds }: AnswerDraftOptions,
): ConfigProblem[] {
  const isSaid = elements.every((element) => element.utcOffsetSeconds !== undefined);
  if (isSaid || utcOffsetSeconds !== undefined) return [];
  const message =
    'the answer does not say the offset of its local times; state it in seconds east of UTC, 0 for GMT';
  return [{ path: '--utc-offset-seconds', message }];
}

function checkUnits(elements: readonly AnswerElement[], { units = {} }: AnswerDraftOptions): ConfigProblem[] {
  const blocks = elements.flatMap(blocksOf);
  const names = new Set(blocks.flatMap(({ columns }) => [...columns.keys()]));
  const lacking = columnsWithoutUnit(elements);
  const missing = lacking
    .filter((name) => !Object.hasOwn(units, name))
    .map((name) => ({
      path: `--unit ${name}=UNIT`,
      message: `the answer names no unit for this column; state the one it was asked in, or --unit ${name}= if it has none`,
    }));
  const vain = Object.keys(units)
    .filter((name) => !lacking.includes(name))
    .map((name) => ({ path: `--unit ${name}=${units[name]}`, message: objectionTo(name, names) }));
  return [...missing, ...vain];
}

function objectionTo(name: string, known: ReadonlySet<string>): string {
  if (known.has(name)) return 'the answer names a unit for this column itself; leave it out';
  const near = nearNames(name, known);
  return `the answer has no such column; ${near.length === 0 ? 'leave it out' : `did you mean ${near.join(' or ')}?`}`;
}

/** Columns, in their order, of which one element at least has no unit. */
export function columnsWithoutUnit(elements: readonly AnswerElement[]): string[] {
  const lacking = elements
    .flatMap(blocksOf)
    .flatMap(({ columns, units }) => [...columns.keys()].filter((name) => !units.has(name)));
  return [...new Set(lacking)];
}

function blocksOf({ sections, unnamed }: AnswerElement): AnswerBlock[] {
  return [...sections.values(), ...(unnamed === undefined ? [] : [unnamed])];
}
