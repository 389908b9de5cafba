import { Lazy } from 'cdktf';

export type PolicyCondition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

export interface PolicyStatement {
  /** Letters and digits; what the statement is for. */
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  /** Who; only in the policy of a resource or a role's trust. */
  readonly Principal?: '*' | Readonly<Record<string, string | readonly string[]>>;
  readonly Action: string | readonly string[];
  /** On what; left out only in a role's trust. */
  readonly Resource?: string | readonly string[];
  readonly Condition?: PolicyCondition;
}

/** A policy as literal JSON in the synthesized Terraform: readable there without running anything. */
export function policyDocument(statements: readonly PolicyStatement[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

/** A policy whose statements are complete only when everything is wired: read at synthesis. */
export function latePolicyDocument(statements: () => readonly PolicyStatement[]): string {
  return Lazy.stringValue({ produce: () => policyDocument(statements()) });
}

/** Refuses every call that does not come over TLS. */
export function denyInsecureTransport(action: string, resources: readonly string[]): PolicyStatement {
  return {
    Sid: 'DenyInsecureTransport',
    Effect: 'Deny',
    Principal: '*',
    Action: action,
    Resource: resources,
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
}
