import { z } from 'zod';

/**
 * The keys an object at `path` may have, by the schema; undefined where the schema there is no single object.
 * Looks through optional, default and pipe wrappers, lists, records, and the alternative that a discriminator names.
 */
export function knownKeys(schema: z.core.$ZodType, path: readonly PropertyKey[], value: unknown): string[] | undefined {
  const inner = chosen(unwrap(schema), value);
  const [first, ...rest] = path;
  if (first === undefined) return inner instanceof z.core.$ZodObject ? Object.keys(inner._zod.def.shape) : undefined;
  const child = childOf(inner, first);
  const inside =
    typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[first] : undefined;
  return child === undefined ? undefined : knownKeys(child, rest, inside);
}

function childOf(schema: z.core.$ZodType, key: PropertyKey): z.core.$ZodType | undefined {
  if (schema instanceof z.core.$ZodObject) return schema._zod.def.shape[String(key)];
  if (schema instanceof z.core.$ZodArray) return schema._zod.def.element;
  if (schema instanceof z.core.$ZodRecord) return schema._zod.def.valueType;
  return undefined;
}

/** Of a discriminated union, the alternative that the value's discriminator names. */
function chosen(schema: z.core.$ZodType, value: unknown): z.core.$ZodType {
  if (!(schema instanceof z.core.$ZodDiscriminatedUnion)) return schema;
  const { options, discriminator } = schema._zod.def;
  const named = (value as Record<string, unknown> | undefined)?.[discriminator];
  const alternative = options.find((option) => option._zod.propValues?.[discriminator]?.has(named as string) ?? false);
  return alternative === undefined ? schema : unwrap(alternative);
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  if (
    schema instanceof z.core.$ZodOptional ||
    schema instanceof z.core.$ZodNullable ||
    schema instanceof z.core.$ZodDefault ||
    schema instanceof z.core.$ZodPrefault
  ) {
    return unwrap(schema._zod.def.innerType);
  }
  return schema instanceof z.core.$ZodPipe ? unwrap(schema._zod.def.in) : schema;
}
