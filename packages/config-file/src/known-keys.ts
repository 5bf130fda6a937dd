import { z } from 'zod';

/**
 * The keys an object at `path` may have, by the schema; undefined where the schema there is no single object.
 * Looks through optional, default and pipe wrappers, lists, records, the alternative that a discriminator names, and the one
 * alternative of a union that is an object.
 *
 * @example
 * import { knownKeys } from '@netspace/config-file';
 * import { z } from 'zod';
 * const schema = z.object({ recipe: z.object({ epochs: z.int(), batchSize: z.int() }).optional() });
 * knownKeys(schema, ['recipe'], {}); // => ['epochs', 'batchSize']
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
  if (schema instanceof z.core.$ZodTuple) return schema._zod.def.items[Number(key)];
  return undefined;
}

/** Of a union, the alternative that the value is meant for, as far as that can be told. */
function chosen(schema: z.core.$ZodType, value: unknown): z.core.$ZodType {
  if (!(schema instanceof z.core.$ZodUnion)) return schema;
  const options = schema._zod.def.options.map(unwrap);
  const lists = options.filter((option) => option instanceof z.core.$ZodArray);
  const objects = options.filter((option) => option instanceof z.core.$ZodObject);
  const candidates = Array.isArray(value) && lists.length > 0 ? lists : objects;
  const named = candidates.filter((option) => hasNamesOf(option, value));
  return (candidates.length === 1 ? candidates[0] : named.length === 1 ? named[0] : undefined) ?? schema;
}

/** Whether the value has the one value of each key that can have but one: `name: mnist`. */
function hasNamesOf(option: z.core.$ZodType, value: unknown): boolean {
  const names = Object.entries(option._zod.propValues ?? {});
  return names.every(([key, values]) => values.has((value as Record<string, z.core.util.Primitive> | null)?.[key]));
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
