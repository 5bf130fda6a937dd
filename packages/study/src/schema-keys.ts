import { z } from 'zod';

/** One key of a section of a study file, as its document tells of it. */
export interface SchemaKey {
  /** From the section: `optimizer.momentum`. */
  readonly key: string;
  readonly description: string;
  /** Kind of value and range: `integer, at least 1`. */
  readonly type: string;
  readonly unit: string;
  /** As YAML; empty where the key is left out by default, `required` where it must be there. */
  readonly fallback: string;
  /** As YAML. */
  readonly example: string;
}

/** What JSON Schema says of a value, with netspace's own annotations. */
interface JsonSchema {
  readonly description?: string;
  readonly unit?: string;
  readonly example?: unknown;
  readonly default?: unknown;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly prefixItems?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}

/** The keys of a schema of a map, those of maps inside it by their paths; of alternatives, the keys of all of them. */
export function schemaKeys(schema: z.ZodType): SchemaKey[] {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  return distinct(keysOf(json, ''));
}

function keysOf(schema: JsonSchema, prefix: string): SchemaKey[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, value]) => {
    const required = schema.required?.includes(name) ?? false;
    return [keyOf(`${prefix}${name}`, value, required), ...keysOf(value, `${prefix}${name}.`)];
  });
  return [...own, ...alternativesOf(schema).flatMap((alternative) => keysOf(alternative, prefix))];
}

function keyOf(key: string, schema: JsonSchema, required: boolean): SchemaKey {
  const { description = '', unit = '', example } = schema;
  return {
    key,
    description,
    type: typeOf(schema),
    unit,
    fallback: schema.default === undefined ? (required ? 'required' : '') : yamlOf(schema.default),
    example: example === undefined ? '' : yamlOf(example),
  };
}

function alternativesOf({ anyOf = [], oneOf = [] }: JsonSchema): readonly JsonSchema[] {
  return [...anyOf, ...oneOf];
}

/** Kind of value and range, in words. */
function typeOf(schema: JsonSchema): string {
  const { type, items, prefixItems } = schema;
  if (schema.const !== undefined) return `\`${yamlOf(schema.const)}\``;
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${yamlOf(value)}\``).join(', ');
  const alternatives = alternativesOf(schema).map(typeOf);
  if (alternatives.length > 0) return [...new Set(alternatives)].join(' or ');
  if (prefixItems !== undefined) return `[${prefixItems.map(typeOf).join(', ')}]`;
  if (type === 'array') return items === undefined ? 'list' : `list of ${typeOf(items)}`;
  if (type === 'object') return 'map';
  if (type === 'boolean') return '`true`, `false`';
  if (type === 'integer' || type === 'number') return [type, ...boundsOf(schema)].join(', ');
  return type === 'string' ? 'text' : 'any';
}

function boundsOf({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: JsonSchema): string[] {
  const bounds: [string, number | undefined][] = [
    ['at least', minimum],
    ['above', exclusiveMinimum],
    ['at most', maximum],
    ['below', exclusiveMaximum],
  ];
  return bounds.flatMap(([relation, bound]) =>
    bound === undefined || Math.abs(bound) === Number.MAX_SAFE_INTEGER ? [] : [`${relation} ${bound}`],
  );
}

/** A value on one line; a text that is YAML already stands as it is. */
function yamlOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return `[${value.map(yamlOf).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value).map(([key, inner]) => `${key}: ${yamlOf(inner)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

/** Alternatives may share a key: it is told once, where it says the same. */
function distinct(keys: readonly SchemaKey[]): SchemaKey[] {
  return [...new Map(keys.map((key) => [JSON.stringify(key), key])).values()];
}
