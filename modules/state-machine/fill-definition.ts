const PLACEHOLDER = /\$\{([a-z_]+)\}/g;

/** A definition of Step Functions, with `${name}` where a value of the deployment goes. */
export type Definition = Readonly<Record<string, unknown>>;

/**
 * The text of a definition with every placeholder filled in.
 *
 * @throws Error naming placeholders without a value, or values without a placeholder
 */
export function fillDefinition(definition: Definition, values: Readonly<Record<string, string>>): string {
  const text = JSON.stringify(definition);
  const asked = new Set([...text.matchAll(PLACEHOLDER)].map(([, name]) => name!));
  const missing = [...asked].filter((name) => values[name] === undefined);
  const unused = Object.keys(values).filter((name) => !asked.has(name));
  if (missing.length > 0) throw new Error(`The definition needs a value for ${missing.join(', ')}.`);
  if (unused.length > 0) throw new Error(`The definition has no place for ${unused.join(', ')}.`);
  return text.replace(PLACEHOLDER, (_, name: string) => inJson(values[name]!));
}

/** What stands between the quotes of a JSON text. */
function inJson(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}
