import type * as z from 'zod';
import type { ConfigProblem } from '../errors';
import { nearNames } from '../near-names';
import { descriptionOf, keysOf, schemaAt } from './schema-at';

const RECEIVED_LENGTH = 80;

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  array: 'a list',
  tuple: 'a list',
  object: 'an object',
  record: 'an object',
};

type Issue = z.core.$ZodIssue;

/** What zod found, in the words of its author's file: path, what it must be, what was received. */
export function describeIssue(issue: Issue, json: unknown, schema: z.core.$ZodType): ConfigProblem[] {
  if (issue.code === 'unrecognized_keys') return describeKeys(issue, json, schema);
  const value = valueAt(json, issue.path);
  const problem = {
    path: pathText(issue.path),
    message: `${demandOf(issue)}${value === undefined ? hint(issue, json, schema) : ''}`,
  };
  return [value === undefined ? problem : { ...problem, received: receivedText(value) }];
}

function describeKeys(
  { keys, path }: z.core.$ZodIssueUnrecognizedKeys,
  json: unknown,
  schema: z.core.$ZodType,
): ConfigProblem[] {
  const known = keysOf(schemaAt(schema, path, json));
  return keys.map((key) => {
    const near = nearNames(key, known);
    const wayOut = near.length > 0 ? `did you mean ${near.join(' or ')}?` : `known are ${known.join(', ')}`;
    return {
      path: pathText([...path, key]),
      message: `no such key here; ${wayOut}`,
      received: receivedText(valueAt(json, [...path, key])),
    };
  });
}

function demandOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${TYPE_NAMES[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `must be one of ${issue.values.join(', ')}`;
    case 'too_small':
      return boundText(issue.origin, issue.inclusive === false ? 'more than' : 'at least', issue.minimum);
    case 'too_big':
      return boundText(issue.origin, issue.inclusive === false ? 'less than' : 'at most', issue.maximum);
    case 'invalid_key':
      return issue.issues[0]?.message ?? issue.message;
    case 'invalid_union':
      return 'options' in issue ? `must be one of ${issue.options?.join(', ')}` : issue.message;
    default:
      return issue.message;
  }
}

function boundText(origin: string, word: string, bound: number | bigint): string {
  if (origin === 'string') return bound === 1 ? 'must not be empty' : `must have ${word} ${bound} characters`;
  if (origin === 'array') return `must have ${word} ${bound} ${bound === 1 ? 'entry' : 'entries'}`;
  return `must be ${word} ${bound}`;
}

/** Of a key that is missing: what it is. */
function hint({ path }: Issue, json: unknown, schema: z.core.$ZodType): string {
  const missing = schemaAt(schema, path, json);
  const description = missing === undefined ? undefined : descriptionOf(missing);
  return `, and is missing${description === undefined ? '' : `: ${description}`}`;
}

function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, '');
}

function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key],
    json,
  );
}

/** A value as JSON, cut when it is long. */
export function receivedText(value: unknown): string {
  const text = jsonOf(value);
  return text.length <= RECEIVED_LENGTH ? text : `${text.slice(0, RECEIVED_LENGTH)}…`;
}

/** Only files are refused for their depth beforehand, while an event comes as it is. */
function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch (error) {
    if (error instanceof RangeError) return 'a value that is nested too deep to be shown';
    throw error;
  }
}
