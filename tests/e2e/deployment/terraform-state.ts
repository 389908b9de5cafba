import { readFileSync } from 'node:fs';

/** What Terraform knows of a resource, references filled in. */
export type Attributes = Readonly<Record<string, unknown>>;

interface StateResource {
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly instances: readonly { readonly attributes: Attributes }[];
}

/** The resources of a type in a state file. */
export function stateResources(path: string, type: string): Attributes[] {
  const { resources }: { resources: readonly StateResource[] } = JSON.parse(readFileSync(path, 'utf8'));
  return resources
    .filter((resource) => resource.mode === 'managed' && resource.type === type)
    .flatMap(({ instances }) => instances.map(({ attributes }) => attributes));
}
