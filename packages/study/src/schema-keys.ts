import { z } from 'zod';

/** One key of a section of a study file, as its document tells of it. */
export interface SchemaKey {
  /** From the section: `optimizer.momentum`. */
  readonly key: string;
  readonly description: string;
  /** Kind of value and range: `integer, at least 1`. */
  readonly type: string;
  /** Empty where there is none. */
  readonly unit: string;
  /** As YAML; `required` where the key must be there, empty where it may be left out and nothing stands in for it. */
  readonly fallback: string;
}

/** What JSON Schema says of a value, with netspace's own annotation `unit`. */
interface JsonSchema {
  readonly description?: string;
  readonly unit?: string;
  readonly default?: unknown;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema | boolean;
  readonly prefixItems?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}

/**
 * The keys of a schema of a map, and those of maps inside it by their paths; in a map of any names `NAME` stands for them.
 * A key that not all alternatives have says in its description with which it goes: `With schedule: step.`
 */
export function schemaKeys(schema: z.ZodType): SchemaKey[] {
  return keysOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema, '');
}

function keysOf(schema: JsonSchema, prefix: string): SchemaKey[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, value]) => {
    const required = schema.required?.includes(name) ?? false;
    return [keyOf(`${prefix}${name}`, value, required), ...keysOf(value, `${prefix}${name}.`)];
  });
  const { additionalProperties } = schema;
  const named = typeof additionalProperties === 'object' ? keysOf(additionalProperties, `${prefix}NAME.`) : [];
  return [...own, ...named, ...keysOfAlternatives(alternativesOf(schema), prefix)];
}

function keyOf(key: string, schema: JsonSchema, required: boolean): SchemaKey {
  const { description = '', unit = '' } = schema;
  const fallback = schema.default === undefined ? (required ? 'required' : '') : yamlOf(schema.default);
  return { key, description, type: typeOf(schema), unit, fallback };
}

function alternativesOf({ anyOf = [], oneOf = [] }: JsonSchema): readonly JsonSchema[] {
  return [...anyOf, ...oneOf];
}

/** Each key once where alternatives say the same of it. */
function keysOfAlternatives(alternatives: readonly JsonSchema[], prefix: string): SchemaKey[] {
  const owners = new Map<string, { readonly key: SchemaKey; readonly kinds: string[] }>();
  for (const alternative of alternatives) {
    for (const key of keysOf(alternative, prefix)) {
      const identity = JSON.stringify(key);
      if (!owners.has(identity)) owners.set(identity, { key, kinds: [] });
      owners.get(identity)!.kinds.push(...kindOf(alternative));
    }
  }
  return [...owners.values()].map(({ key, kinds }) => {
    const isShared = kinds.length === alternatives.length || kinds.length === 0;
    if (isShared || key.type.startsWith('`')) return key;
    return { ...key, description: `${key.description} With ${kinds.map((kind) => `\`${kind}\``).join(', ')}.` };
  });
}

/** What tells an alternative from others: `schedule: step`. */
function kindOf({ properties = {} }: JsonSchema): string[] {
  return Object.entries(properties).flatMap(([name, { const: value }]) =>
    value === undefined ? [] : [`${name}: ${yamlOf(value)}`],
  );
}

/** Kind of value and range, in words. */
function typeOf(schema: JsonSchema): string {
  const { type, items, prefixItems } = schema;
  if (schema.const !== undefined) return `\`${yamlOf(schema.const)}\``;
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${yamlOf(value)}\``).join(', ');
  const alternatives = alternativesOf(schema).map(typeOf);
  if (alternatives.length > 0) return [...new Set(alternatives)].join('; or ');
  if (prefixItems !== undefined) return `[${prefixItems.map((item) => nouns(item.type)).join(', ')}]`;
  if (type === 'array') return typeof items === 'object' ? `list, each: ${typeOf(items)}` : 'list';
  return [nouns(type), ...boundsOf(schema)].join(', ');
}

const nounOf: Readonly<Record<string, string>> = { object: 'map', string: 'text', boolean: '`true`, `false`' };

function nouns(type: JsonSchema['type']): string {
  const types = type === undefined ? [] : [type].flat();
  return types.length === 0 ? 'anything' : types.map((name) => nounOf[name] ?? name).join(' or ');
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

/** A value on one line. */
function yamlOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return `[${value.map(yamlOf).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value).map(([key, inner]) => `${key}: ${yamlOf(inner)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}
