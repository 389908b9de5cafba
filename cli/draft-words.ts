import { basename } from 'node:path';
import * as z from 'zod';
import type { AnswerDraftOptions } from '../core/drafting/draft-options';
import { ConfigError, type ConfigProblem } from '../core/errors';
import type { ApiName, Section } from '../core/model/source';
import { describeIssue } from '../core/pipeline/describe-issue';
import { locationSchema, ZONE_MESSAGE } from '../core/pipeline/location-schema';
import { pipelineSchema } from '../core/pipeline/schema';
import { isTimezone } from '../core/time/zone';

/** What the command line says of a draft. */
export interface DraftWords {
  readonly from?: string;
  readonly variables?: string;
  readonly latitude?: string;
  readonly longitude?: string;
  readonly timezone?: string;
  readonly name?: string;
  readonly api?: ApiName;
  readonly models?: string;
  readonly section?: Section;
  readonly unit?: readonly string[];
  readonly utcOffsetSeconds?: string;
}

const DEFAULT_NAME = 'weather';
const LONGEST_NAME = 64;

/** The words as facts of an answer; those of a variables' draft are among them. @throws ConfigError listing every mistake */
export function draftFacts(words: DraftWords): AnswerDraftOptions {
  const problems = clashesOf(words);
  const latitude = parseNumber('--latitude', words.latitude, problems);
  const longitude = parseNumber('--longitude', words.longitude, problems);
  const utcOffsetSeconds = parseNumber('--utc-offset-seconds', words.utcOffsetSeconds, problems);
  const { api, models, section, timezone, name, from, unit = [] } = words;
  const units = Object.fromEntries(unit.flatMap((text) => parseUnit(text, problems)));
  problems.push(...factProblems({ name, latitude, longitude, timezone }));
  if (problems.length > 0) throw new ConfigError('No pipeline can be drafted from that:', problems);
  return {
    name: name ?? nameAfter(from ?? ''),
    units,
    ...(api !== undefined && { api }),
    ...(models !== undefined && { models: namesIn(models) }),
    ...(section !== undefined && { bareSection: section }),
    ...(latitude !== undefined && { latitude }),
    ...(longitude !== undefined && { longitude }),
    ...(timezone !== undefined && { timezone }),
    ...(utcOffsetSeconds !== undefined && { utcOffsetSeconds }),
  };
}

/** Names separated by commas. */
export function namesIn(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

function clashesOf(words: DraftWords): ConfigProblem[] {
  const { from, variables, latitude, longitude, section, unit, utcOffsetSeconds } = words;
  if (from !== undefined) {
    const message = 'excludes --from; an answer says itself what it holds';
    return variables === undefined ? [] : [{ path: '--variables', message }];
  }
  const needed = { '--variables': variables, '--latitude': latitude, '--longitude': longitude };
  const missing = Object.entries(needed).filter(([, text]) => text === undefined);
  if (missing.length === Object.keys(needed).length) {
    const message = 'name an answer, or say --variables, --latitude and --longitude';
    return [{ path: '--from', message }];
  }
  const foreign = { '--section': section, '--unit': unit, '--utc-offset-seconds': utcOffsetSeconds };
  const vain = Object.entries(foreign).filter(([, text]) => text !== undefined);
  return [
    ...missing.map(([path]) => ({ path, message: 'is missing; without --from it must be said' })),
    ...vain.map(([path]) => ({ path, message: 'is about an answer; leave it out, or name one with --from' })),
  ];
}

function parseNumber(path: string, text: string | undefined, problems: ConfigProblem[]): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value)) return value;
  problems.push({ path, message: 'must be a number', received: JSON.stringify(text) });
  return undefined;
}

/** What a pipeline would not take, told by the flag that says it. */
const factsSchema = z.object({
  name: pipelineSchema.shape.name.optional(),
  latitude: locationSchema.shape.latitude.optional(),
  longitude: locationSchema.shape.longitude.optional(),
  timezone: z.string().refine(isTimezone, ZONE_MESSAGE).optional(),
});

function factProblems(facts: z.input<typeof factsSchema>): ConfigProblem[] {
  const issues = factsSchema.safeParse(facts).error?.issues ?? [];
  const problems = issues.flatMap((issue) => describeIssue(issue, facts, factsSchema));
  return problems.map((problem) => ({ ...problem, path: `--${problem.path}` }));
}

function parseUnit(text: string, problems: ConfigProblem[]): [column: string, unit: string][] {
  const at = text.indexOf('=');
  if (at > 0) return [[text.slice(0, at), text.slice(at + 1)]];
  const message = 'must be a column and its unit, such as temperature_2m=°C';
  problems.push({ path: '--unit', message, received: JSON.stringify(text) });
  return [];
}

/** What a pipeline's name may hold of the file's. */
function nameAfter(path: string): string {
  const name = basename(path)
    .replace(/\.json(\.gz)?$/, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_NAME)
    .replace(/^-|-$/g, '');
  return name === '' ? DEFAULT_NAME : name;
}
