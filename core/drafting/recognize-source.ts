import { API_ANSWERS } from '../model/api-reach';
import { likelyModel } from '../model/ensemble-members';
import { KNOWN_MODELS, modelSuffix } from '../model/known-models';
import { API_NAMES, type ApiName, type Section } from '../model/source';
import { ownStep, type StepHours, takesSteps } from '../model/step-hours';
import { MEMBER_SUFFIX, requestedVariable } from '../pipeline/variables';
import { addDays, type Day } from '../time/day';
import type { AnswerElement } from './answer-elements';
import { hourlyStepOf, lastDayOf } from './answer-steps';
import type { AnswerDraftOptions } from './draft-options';
import { VARIABLE_CATALOGUE } from './variable-catalogue';

/** The API and models that gave an answer, as far as its columns tell. */
export interface RecognizedSource {
  readonly api: ApiName;
  readonly models: readonly string[];
  readonly stepHours: StepHours | undefined;
  /** Series of each variable, where the models were guessed from their number. */
  readonly guessedFrom?: number;
}

/** What was stated goes before what the columns say. */
export function recognizeSource(
  elements: readonly AnswerElement[],
  options: AnswerDraftOptions,
): RecognizedSource {
  const columns = columnsOf(elements);
  const models = options.models ?? suffixedModels(columns);
  const stepHours = hourlyStepOf(elements);
  const lastDay = lastDayOf(elements);
  const evidence = {
    columns,
    models,
    stepHours,
    lastDay,
    today: options.today,
    isOnGrid: elements.every(isOnEnsembleGrid),
  };
  const api = options.api ?? recognizeApi(evidence);
  const series = seriesIn(columns, models);
  const guessed = api === 'ensemble' && models.length === 0 ? likelyModel(series) : undefined;
  return guessed === undefined
    ? { api, models, stepHours }
    : { api, models: [guessed], stepHours, guessedFrom: series };
}

interface AnswerColumn {
  readonly section: Section;
  readonly name: string;
}

function columnsOf(elements: readonly AnswerElement[]): AnswerColumn[] {
  return elements.flatMap(({ sections }) =>
    [...sections].flatMap(([section, block]) => [...block.columns.keys()].map((name) => ({ section, name }))),
  );
}

/** Models whose names the columns end in, in the order of the columns. */
function suffixedModels(columns: readonly AnswerColumn[]): string[] {
  return [...new Set(columns.flatMap(({ name }) => modelSuffix(name) ?? []))];
}

/** One more than the highest number of a member; 1 where there are none. */
function seriesIn(columns: readonly AnswerColumn[], models: readonly string[]): number {
  const members = columns.map(({ name }) => MEMBER_SUFFIX.exec(withoutModel(name, models))?.[1]);
  return 1 + Math.max(0, ...members.map(Number).filter(Number.isInteger));
}

function withoutModel(name: string, models: readonly string[]): string {
  const model = models.find((one) => name.endsWith(`_${one}`));
  return model === undefined ? name : name.slice(0, -model.length - 1);
}

interface Evidence {
  readonly columns: readonly AnswerColumn[];
  readonly models: readonly string[];
  readonly stepHours: StepHours | undefined;
  readonly lastDay: Day | undefined;
  readonly today: Day | undefined;
  /** Whether every cell lies where ECMWF's ensembles have one. */
  readonly isOnGrid: boolean;
}

/** Of the APIs that can have given the answer the one that knows most of its variables, the first of equals. */
function recognizeApi(evidence: Evidence): ApiName {
  const fitting = API_NAMES.filter((api) => canHaveGiven(api, evidence));
  const [best] = fitting
    .map((api) => ({ api, known: knownVariables(api, evidence) + (hasOwnStep(api, evidence) ? 0.5 : 0) }))
    .sort((one, other) => other.known - one.known);
  return best?.api ?? 'forecast';
}

function canHaveGiven(api: ApiName, evidence: Evidence): boolean {
  const { columns, models, stepHours, lastDay, today } = evidence;
  const { sections, daysAhead } = API_ANSWERS[api];
  const isAhead =
    today !== undefined &&
    lastDay !== undefined &&
    Number.isFinite(daysAhead) &&
    lastDay > addDays(today, daysAhead);
  return (
    !isAhead &&
    columns.every(({ section }) => sections.includes(section)) &&
    models.every((model) => KNOWN_MODELS[api].includes(model)) &&
    (stepHours === undefined || stepHours === 1 || takesSteps(api)) &&
    canHaveMembers(api, evidence)
  );
}

/**
 * Every answer of the ensemble API has members; those of the seasonal and flood APIs may have them. ECMWF gives as many
 * members of its seasonal models as of its ensembles, on another grid.
 */
function canHaveMembers(api: ApiName, { columns, models, isOnGrid }: Evidence): boolean {
  const series = seriesIn(columns, models);
  if (series === 1) return api !== 'ensemble';
  if (api === 'ensemble') return series !== ECMWF_SERIES || isOnGrid;
  return api === 'seasonal' || api === 'flood';
}

const ECMWF_SERIES = 51;
/** Widths of the cells that ECMWF's ensembles came in, degrees. */
const ENSEMBLE_CELLS = [0.25, 0.4];
const ROUNDING = 1e-3;

/** Of a location without coordinates nothing is known, so that it counts as one. */
function isOnEnsembleGrid({ latitude = 0, longitude = 0 }: AnswerElement): boolean {
  const isMultiple = (degrees: number, cell: number) =>
    Math.abs(degrees / cell - Math.round(degrees / cell)) < ROUNDING;
  return ENSEMBLE_CELLS.some((cell) => isMultiple(latitude, cell) && isMultiple(longitude, cell));
}

function hasOwnStep(api: ApiName, { stepHours }: Evidence): boolean {
  return stepHours !== undefined && ownStep(api) === stepHours;
}

function knownVariables(api: ApiName, { columns, models }: Evidence): number {
  const known = new Set(
    VARIABLE_CATALOGUE.filter(({ apis }) => apis.includes(api)).map(
      ({ section, variable }) => `${section} ${variable}`,
    ),
  );
  const asked = new Set(
    columns.map(({ section, name }) => `${rowsAs(section)} ${requestedVariable(name, models)}`),
  );
  return [...asked].filter((variable) => known.has(variable)).length;
}

/** The present is a row of hourly variables. */
function rowsAs(section: Section): Section {
  return section === 'current' || section === 'current_weather' ? 'hourly' : section;
}
