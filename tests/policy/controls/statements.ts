import type { Config } from '../../../scripts/policies/synthesized-stacks';
import type { Resource } from './control';

export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: unknown;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Resources whose policy says what somebody may do. */
export const IDENTITY_POLICIES = ['aws_iam_role_policy', 'aws_iam_policy'];

export function statements(
  { config }: Resource | { readonly config: Config },
  attribute = 'policy',
): readonly Statement[] {
  const text = config[attribute];
  return typeof text === 'string' ? JSON.parse(text).Statement : [];
}

export function allowing(
  resource: Resource | { readonly config: Config },
  attribute = 'policy',
): readonly Statement[] {
  return statements(resource, attribute).filter(({ Effect }) => Effect === 'Allow');
}

export function list(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}

/** Whether nothing but the action limits what is meant. */
export function onAnything({ Resource: resource, Condition }: Statement): boolean {
  return list(resource).includes('*') && Condition === undefined;
}

/** Whether a pattern of actions covers an action, as IAM reads both. */
export function covers(pattern: string, action: string): boolean {
  const expression = pattern.toLowerCase().split('*').map(literally).join('.*');
  return new RegExp(`^${expression}$`).test(action.toLowerCase());
}

export function mayDo(statement: Statement, actions: readonly string[]): boolean {
  return list(statement.Action).some((pattern) => actions.some((action) => covers(pattern, action)));
}

export function isAnybody(principal: unknown): boolean {
  if (principal === '*') return true;
  return Object.values((principal ?? {}) as Record<string, string | string[]>).some((who) =>
    list(who).includes('*'),
  );
}

/** A policy of one statement, to break a control with. */
export function policy(statement: Partial<Statement>, attribute = 'policy'): Config {
  const whole = {
    Effect: 'Allow',
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::somewhere/*',
    ...statement,
  };
  return { [attribute]: JSON.stringify({ Version: '2012-10-17', Statement: [whole] }) };
}

/** Whether a statement refuses what does not come over TLS. */
export function deniesPlainText({ Effect, Principal, Condition }: Statement): boolean {
  return Effect === 'Deny' && Principal === '*' && Condition?.Bool?.['aws:SecureTransport'] === 'false';
}

function literally(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
}
