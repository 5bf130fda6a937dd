import type { DesignSpace, Parameter } from '@netspace/contracts';
import type { DesignSpaceDefinition, ParameterDefinition } from './definition-schema.js';
import { definitionOf } from './definition-of.js';
import { formatDefinition } from './format-design-space.js';

/**
 * Spaces, each made from the one before it, as a YAML list of definitions, each of which extends the one before where that
 * can be said; it reads back to the same spaces (`designSpaceListSchema`).
 *
 * @example
 * import { defineDesignSpace, findDesignSpace, formatDesignSpaceChain } from '@netspace/design-space';
 * const first = findDesignSpace('AnyNetX-A');
 * const text = formatDesignSpaceChain([first, defineDesignSpace({ name: 'mine', extends: first, shared: ['b'] })]);
 * text.slice(text.indexOf('- name: mine')); // => '- name: mine\n  description: ""\n  extends: AnyNetX-A\n  shared: [b]\n'
 */
export function formatDesignSpaceChain(spaces: readonly DesignSpace[]): string {
  const definitions = spaces.map((space, index) =>
    index === 0 ? definitionOf(space) : changeOf(spaces[index - 1]!, space),
  );
  return definitions.map((definition) => asItem(formatDefinition(definition))).join('');
}

function asItem(text: string): string {
  const lines = text.trimEnd().split('\n');
  return lines.map((line, index) => `${index === 0 ? '- ' : '  '}${line}\n`).join('');
}

/** What makes a space of the one before it; all of it where a list has lost an item, or another kind has begun. */
function changeOf(before: DesignSpace, space: DesignSpace): DesignSpaceDefinition {
  const lists = (['shared', 'nondecreasing', 'constraints'] as const).map((key) => ({
    key,
    ...listChange(before[key], space[key]),
  }));
  const keys = ['block', 'squeezeExcitationRatio', 'stages', 'strides'] as const;
  const isOther = before.kind !== space.kind || keys.some((key) => !isSame(before[key], space[key]));
  if (isOther || lists.some(({ lost }) => lost)) return definitionOf(space);
  const parameters = Object.entries(space.parameters).flatMap(([name, parameter]): [string, ParameterDefinition][] =>
    isSame(parameter, before.parameters[name]) ? [] : [[name, parameterChange(before.parameters[name]!, parameter)]],
  );
  return {
    ...{ name: space.name, description: space.description, extends: before.name },
    ...(parameters.length === 0 ? {} : { parameters: Object.fromEntries(parameters) }),
    ...Object.fromEntries(lists.flatMap(({ key, added }) => (added.length === 0 ? [] : [[key, added]]))),
  };
}

function listChange(before: readonly string[], now: readonly string[]): { lost: boolean; added: string[] } {
  return {
    lost: before.some((item) => !now.includes(item)),
    added: now.filter((item) => !before.includes(item)),
  };
}

/** Of a drawn parameter that stays one, only what differs. */
function parameterChange(before: Parameter, now: Parameter): ParameterDefinition {
  if (!('distribution' in before && 'distribution' in now)) return { ...now };
  return Object.fromEntries(Object.entries(now).filter(([key, value]) => before[key as keyof typeof before] !== value));
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
