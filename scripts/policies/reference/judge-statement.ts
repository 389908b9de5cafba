import type { PolicyStatement } from '../../../modules/policy-document/policy-document';
import { meansAny } from './arn-pattern';
import type { ActionOnType, Reference, ServiceReference } from './service-reference';

/** Of these the reference says that a call names a resource of every type, though it names one of either. */
const NAMES_EITHER = /^(athena:(ListTagsForResource|TagResource|UntagResource)|states:DescribeExecution)$/i;
/** Claims of GitHub's tokens. The reference has those of AWS's own partners only, beside the action that takes tokens. */
const CLAIM = /^token\.actions\.githubusercontent\.com:(aud|sub)$/;
const TAKES_TOKENS = 'sts:AssumeRoleWithWebIdentity';
/** Keys that AWS knows in every request, unless they speak of tags. */
const GLOBAL_KEY = /^aws:(?!(RequestTag|ResourceTag|TagKeys))/;

interface KnownAction {
  /** `s3:GetObject` */
  readonly name: string;
  /** The action as it stands in the policy: `s3:Get*`. */
  readonly pattern: string;
  readonly service: ServiceReference;
  readonly types: readonly ActionOnType[];
  readonly keys: readonly string[];
}

/** What would keep a statement of an identity policy from meaning what it says, as sentences. */
export function judgeIdentityStatement(statement: PolicyStatement, reference: Reference): string[] {
  const resources = list(statement.Resource);
  const { actions, problems } = actionsOf(statement, reference);
  return [
    ...problems,
    ...actions.flatMap((action) => judgeResources(action, resources)),
    ...resources.flatMap((resource) => judgeUse(resource, actions)),
    ...judgeConditions(statement, actions),
  ];
}

/**
 * The same of a statement in the policy of a resource, where `*` means the resource itself, and a family of actions those that
 * it takes. A role's trust names no resource.
 */
export function judgeResourceStatement(statement: PolicyStatement, reference: Reference): string[] {
  const resources = list(statement.Resource).filter((resource) => resource !== '*');
  const { actions, problems } = actionsOf(statement, reference);
  const named = resources.length === 0 ? [] : actions.filter(({ name, pattern }) => name === pattern);
  return [
    ...problems,
    ...named.flatMap((action) => judgeResources(action, resources)),
    ...resources.flatMap((resource) => judgeUse(resource, actions)),
    ...judgeConditions(statement, actions),
  ];
}

/** How many actions a statement means. */
export function countActions(statement: PolicyStatement, reference: Reference): number {
  return actionsOf(statement, reference).actions.length;
}

function actionsOf({ Action }: PolicyStatement, reference: Reference) {
  const found = list(Action).map((pattern) => ({ pattern, actions: matching(pattern, reference) }));
  const unknown = found.filter(({ actions }) => actions.length === 0);
  return {
    actions: found.flatMap(({ actions }) => actions),
    problems: unknown.map(({ pattern }) => `${pattern} is no action of AWS`),
  };
}

function matching(pattern: string, reference: Reference): KnownAction[] {
  const [prefix = '', name = ''] = pattern.split(':');
  const service = reference[prefix.toLowerCase()];
  if (service === undefined) return [];
  const expression = new RegExp(`^${name.replaceAll('*', '.*')}$`, 'i');
  const known = Object.entries(service.privileges).filter(([action]) => expression.test(action));
  return known.map(([action, { resource_types }]) => ({
    name: `${prefix}:${action}`,
    pattern,
    service,
    types: Object.values(resource_types).filter(({ resource_type }) => resource_type !== ''),
    keys: Object.values(resource_types).flatMap(({ condition_keys }) => condition_keys),
  }));
}

function judgeResources(action: KnownAction, resources: readonly string[]): string[] {
  const { name, types } = action;
  const everything = resources.includes('*');
  const named = types.map(({ resource_type }) => resource_type).join(', ');
  if (types.length === 0)
    return everything ? [] : [`${name} takes no resource: it is granted on * or not at all`];
  if (everything) return [`${name} is granted on *, though it takes a resource (${named})`];
  const missing = types.filter((type) => !resources.some((resource) => isOfType(resource, type, action)));
  if (missing.length === types.length) return [`${name} is granted on no resource that it takes (${named})`];
  if (name !== action.pattern || NAMES_EITHER.test(name)) return [];
  return missing
    .filter(({ required }) => required)
    .map(({ resource_type }) => `${name} needs a resource of the type ${resource_type} as well`);
}

function judgeUse(resource: string, actions: readonly KnownAction[]): string[] {
  if (resource === '*' || actions.length === 0) return [];
  const used = actions.some((action) => action.types.some((type) => isOfType(resource, type, action)));
  return used ? [] : [`${resource} is a resource of none of the statement's actions`];
}

function isOfType(resource: string, { resource_type }: ActionOnType, { service }: KnownAction): boolean {
  const shape = service.resources[resource_type]?.arn;
  return shape !== undefined && meansAny(resource, shape);
}

function judgeConditions({ Condition = {} }: PolicyStatement, actions: readonly KnownAction[]): string[] {
  const keys = Object.values(Condition).flatMap((values) => Object.keys(values));
  return keys
    .filter((key) => !GLOBAL_KEY.test(key))
    .flatMap((key) =>
      actions
        .filter((action) => !knowsKey(action, key))
        .map(({ name }) => `${name} knows no condition ${key}: the statement never holds for it`),
    );
}

/** Keys may end with a variable: `kms:EncryptionContext:${EncryptionContextKey}`. */
function knowsKey({ name, keys, types, service }: KnownAction, key: string): boolean {
  if (name === TAKES_TOKENS && CLAIM.test(key)) return true;
  const ofTypes = types.flatMap(
    ({ resource_type }) => service.resources[resource_type]?.condition_keys ?? [],
  );
  return [...keys, ...ofTypes].some((known) => {
    const [start = '', variable] = known.split('${');
    return variable === undefined ? known.toLowerCase() === key.toLowerCase() : key.startsWith(start);
  });
}

function list(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}
