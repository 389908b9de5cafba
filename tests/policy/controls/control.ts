import type { Config, StackJson, Stacks } from '../../../scripts/policies/synthesized-stacks';

/** Type under which a stack as a whole is looked at; its config is its JSON. */
export const WHOLE_STACK = 'stack';

export interface Resource {
  readonly stack: string;
  readonly type: string;
  readonly name: string;
  readonly config: Config;
}

/** What must hold for every resource of some types. */
export interface Control {
  /** Its names in the tools that know it. */
  readonly ids: readonly string[];
  readonly rule: string;
  readonly types: readonly string[];
  /** @default every resource of the types */
  readonly concerns?: (resource: Resource) => boolean;
  readonly holds: (resource: Resource, stacks: Stacks) => boolean;
  /** A change that breaks it: laid over every resource of the type; `null` takes those resources away. */
  readonly breaks: { readonly type: string; readonly config: Config | null };
}

export function addressOf({ stack, type, name }: Resource): string {
  return `${stack}/${type}.${name}`;
}

/** All resources of the given types in all stacks. */
export function resourcesOf(stacks: Stacks, types: readonly string[]): readonly Resource[] {
  return [...stacks].flatMap(([stack, json]) =>
    types.flatMap((type) =>
      Object.entries(blocksOf(json, stack, type)).map(([name, config]) => ({ stack, type, name, config })),
    ),
  );
}

export function concerned(control: Control, stacks: Stacks): readonly Resource[] {
  return resourcesOf(stacks, control.types).filter(control.concerns ?? (() => true));
}

/** Addresses of what does not meet the control. */
export function violations(control: Control, stacks: Stacks): readonly string[] {
  return concerned(control, stacks)
    .filter((resource) => !control.holds(resource, stacks))
    .map(addressOf);
}

/** The stacks with what breaks the control. */
export function broken({ breaks }: Control, stacks: Stacks): Stacks {
  return new Map([...stacks].map(([name, json]) => [name, breakStack(json, breaks)]));
}

function breakStack(json: StackJson, { type, config }: Control['breaks']): StackJson {
  if (type === WHOLE_STACK) {
    const { resource, ...blocks } = config ?? {};
    return { ...json, ...blocks, resource: { ...json.resource, ...(resource as StackJson['resource']) } };
  }
  const blocks = Object.entries(json.resource[type] ?? {});
  const changed = config === null ? [] : blocks.map(([name, old]) => [name, { ...old, ...config }]);
  return { ...json, resource: { ...json.resource, [type]: Object.fromEntries(changed) } };
}

function blocksOf(json: StackJson, stack: string, type: string): Readonly<Record<string, Config>> {
  return type === WHOLE_STACK ? { [stack]: json } : (json.resource[type] ?? {});
}

/** Resources of a type in the same stack that name this one by one of its attributes. */
export function companions(
  resource: Resource,
  stacks: Stacks,
  type: string,
  attribute: string,
): readonly Config[] {
  const inSameStack = new Map([[resource.stack, stacks.get(resource.stack)!]]);
  return resourcesOf(inSameStack, [type])
    .map(({ config }) => config)
    .filter((config) => JSON.stringify(config[attribute] ?? '').includes(`.${resource.name}.`));
}
