import { z } from 'zod';

/**
 * The keys an object at `path` may have, by the schema; undefined where the schema there is no single object.
 * Looks through optional, default and pipe wrappers, lists and records.
 */
export function knownKeys(schema: z.core.$ZodType, path: readonly PropertyKey[]): string[] | undefined {
  const inner = unwrap(schema);
  const [first, ...rest] = path;
  if (first === undefined) return inner instanceof z.core.$ZodObject ? Object.keys(inner._zod.def.shape) : undefined;
  const child = childOf(inner, first);
  return child === undefined ? undefined : knownKeys(child, rest);
}

function childOf(schema: z.core.$ZodType, key: PropertyKey): z.core.$ZodType | undefined {
  if (schema instanceof z.core.$ZodObject) return schema._zod.def.shape[String(key)];
  if (schema instanceof z.core.$ZodArray) return schema._zod.def.element;
  if (schema instanceof z.core.$ZodRecord) return schema._zod.def.valueType;
  return undefined;
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
