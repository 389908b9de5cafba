import type { RoleCall } from './simulated-account';

/** A statement of an identity policy, as it stands in the account when Terraform has filled in its references. */
export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** What a role does, or might do. */
export interface JudgedCall extends Omit<RoleCall, 'role'> {
  /** Keys of conditions beside `s3:prefix`; `null` where the request has none. */
  readonly context?: Readonly<Record<string, string | null>>;
}

const OPERATORS: Readonly<Record<string, (value: string, wanted: string) => boolean>> = {
  StringEquals: (value, wanted) => value === wanted,
  StringLike: isLike,
  ArnLike: isLike,
  Bool: (value, wanted) => value === wanted,
};

/**
 * Whether the policies of a role allow what it did, as IAM judges: a Deny that applies wins, and without an Allow the answer
 * is no.
 *
 * @throws Error for a condition that this judge does not know: none is passed over
 */
export function isAllowed(statements: readonly Statement[], call: JudgedCall): boolean {
  const effects = statements.filter((statement) => applies(statement, call)).map(({ Effect }) => Effect);
  return effects.includes('Allow') && !effects.includes('Deny');
}

function applies({ Action, Resource, Condition = {} }: Statement, call: JudgedCall): boolean {
  return (
    // Actions are the same in either case, resources are not.
    listOf(Action).some((pattern) => isLike(call.action.toLowerCase(), pattern.toLowerCase())) &&
    listOf(Resource).some((pattern) => isLike(call.resource, pattern)) &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, wanted]) => holds(operator, key, listOf(wanted), call)),
    )
  );
}

function holds(
  operator: string,
  key: string,
  wanted: readonly string[],
  { prefix = null, context }: JudgedCall,
): boolean {
  const compare = OPERATORS[operator];
  const value = { 's3:prefix': prefix, ...context }[key];
  if (compare === undefined || value === undefined) {
    throw new Error(`The condition ${operator} on ${key} is not known here.`);
  }
  return value !== null && wanted.some((one) => compare(value, one));
}

function listOf(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}

function isLike(value: string, pattern: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`, 's').test(value);
}
