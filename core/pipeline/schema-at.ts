import * as z from 'zod';

/** Schemas from the outside in: what is optional or has a default, then what it is. */
function layers(schema: z.core.$ZodType): z.core.$ZodType[] {
  const isWrapper =
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault;
  return isWrapper ? [schema, ...layers(schema.unwrap())] : [schema];
}

/** The part of a schema that a path leads to; `undefined` where it leads out of it. @param json picks among variants */
export function schemaAt(
  schema: z.core.$ZodType,
  path: readonly PropertyKey[],
  json: unknown,
): z.core.$ZodType | undefined {
  const [key, ...rest] = path;
  const innermost = variantFor(layers(schema).at(-1)!, json);
  if (key === undefined || innermost === undefined) return innermost;
  const child = childOf(innermost, key);
  const value = Object(json)[key] as unknown;
  if (child === undefined || rest.length === 0) return child && (variantFor(child, value) ?? child);
  return schemaAt(child, rest, value);
}

/** Of an object that comes in variants: the one that the value says it is. */
function variantFor(schema: z.core.$ZodType, json: unknown): z.core.$ZodType | undefined {
  const innermost = layers(schema).at(-1)!;
  if (!(innermost instanceof z.ZodDiscriminatedUnion)) return schema;
  const name = innermost.def.discriminator;
  return innermost.options.find(
    (option) => option instanceof z.ZodObject && z.safeParse(option.shape[name], Object(json)[name]).success,
  );
}

function childOf(schema: z.core.$ZodType, key: PropertyKey): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodObject) return schema.shape[String(key)];
  if (schema instanceof z.ZodArray) return schema.element;
  if (schema instanceof z.ZodRecord) return schema.valueType;
  return undefined;
}

/** What a schema says of itself, in its outermost layer that says anything. */
export function descriptionOf(schema: z.core.$ZodType): string | undefined {
  return layers(schema)
    .map((layer) => z.globalRegistry.get(layer)?.description)
    .find((text) => text !== undefined);
}

/** Keys that an object may have; none for any other schema. */
export function keysOf(schema: z.core.$ZodType | undefined): string[] {
  const innermost = schema === undefined ? undefined : layers(schema).at(-1);
  return innermost instanceof z.ZodObject ? Object.keys(innermost.shape) : [];
}
