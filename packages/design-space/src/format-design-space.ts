import { definitionOf } from './definition-of.js';
import type { DesignSpaceDefinition } from './definition-schema.js';
import type { DesignSpace } from './design-space.js';

/**
 * A space as the YAML of a definition that extends nothing, which reads back to the same space.
 *
 * @example
 * import { parseConfig } from '@netspace/config-file';
 * import { designSpaceSchema, findDesignSpace, formatDesignSpace } from '@netspace/design-space';
 * const text = formatDesignSpace(findDesignSpace('AnyNetX-E'));
 * text.split('\n')[8]; // => '  d: { distribution: log_uniform, low: 1, high: 16, quantum: 1 }'
 * parseConfig(text, 'e.yaml', designSpaceSchema()).nondecreasing; // => ['w', 'd']
 */
export function formatDesignSpace(space: DesignSpace): string {
  return formatDefinition(definitionOf(space));
}

/** A definition as YAML: keys in the order of the definition, constraints last. */
export function formatDefinition({ parameters, constraints = [], ...rest }: DesignSpaceDefinition): string {
  const lines = [
    ...Object.entries(rest).map(([key, value]) => `${key}: ${inline(value)}`),
    ...(parameters === undefined ? [] : ['parameters:']),
    ...Object.entries(parameters ?? {}).map(([name, parameter]) => `  ${inline(name)}: ${inline(parameter)}`),
    ...(constraints.length === 0 ? [] : ['constraints:']),
    ...constraints.map((constraint) => `  - ${inline(constraint)}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** A value on one line. JSON's strings are YAML's in double quotes. */
function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, part]) => `${inline(key)}: ${inline(part)}`);
    return `{ ${entries.join(', ')} }`;
  }
  return typeof value === 'string' && !isPlain(value) ? JSON.stringify(value) : String(value);
}

/** Whether a text without quotes is itself in YAML: a word that no version of YAML takes for another value. */
function isPlain(text: string): boolean {
  return /^[A-Za-z][\w-]*$/.test(text) && !/^(true|false|yes|no|on|off|null|y|n)$/i.test(text);
}
