import { resolve } from 'node:path';
import {
  defineDesignSpace,
  type DesignSpace,
  type DesignSpaceDefinition,
  designSpaceNames,
  type Distributions,
  findDesignSpace,
} from '@netspace/design-space';
import { readDesignSpace } from '@netspace/design-space/node';
import { nameProblem, repeatedName } from './name-schema.js';
import { StudyProblem, within } from './study-problem.js';

/** A space as a study names it: a shipped one by name, the path of a YAML file, or a definition. */
export type SpaceSection = string | DesignSpaceDefinition;

/** What names and paths of spaces are meant from. */
export interface SpaceContext {
  /** Absolute path of the study file's folder. */
  readonly directory: string;
  readonly distributions: Distributions;
}

/**
 * The spaces of a study, in its order. A definition may extend another one of them, wherever that one stands.
 *
 * @throws StudyProblem for the first problem.
 */
export function resolveSpaces(sections: readonly SpaceSection[], context: SpaceContext): DesignSpace[] {
  const spaces = sections.map((_, index) => spaceAt(index, { sections, context, open: [] }));
  spaces.forEach(({ name }, index) => checkName(name, index));
  const repeated = repeatedName(spaces.map(({ name }) => name));
  if (repeated !== undefined) {
    throw StudyProblem.of(['spaces'], `"${repeated}" is there twice`, 'names that differ in more than case');
  }
  return spaces;
}

interface Resolution {
  readonly sections: readonly SpaceSection[];
  readonly context: SpaceContext;
  /** Indices of the definitions that wait for this one. */
  readonly open: readonly number[];
}

function spaceAt(index: number, resolution: Resolution): DesignSpace {
  const { sections, context, open } = resolution;
  const { directory, distributions } = context;
  const section = sections[index]!;
  return within(['spaces', index], () => {
    if (typeof section !== 'string') {
      const find = (name: string): DesignSpace | undefined => findAmong(name, { ...resolution, open: [...open, index] });
      const finder = { finds: 'another space of the study', find };
      return defineDesignSpace(section, { distributions, finder });
    }
    if (/\.(ya?ml|json)$/.test(section)) return readDesignSpace(resolve(directory, section), { distributions });
    return findDesignSpace(section);
  });
}

/** The definition of that name; one that waits for this one is not found, so that no circle is. */
function findAmong(name: string, resolution: Resolution): DesignSpace | undefined {
  const index = resolution.sections.findIndex((section) => typeof section !== 'string' && section.name === name);
  return index === -1 || resolution.open.includes(index) ? undefined : spaceAt(index, resolution);
}

function checkName(name: string, index: number): void {
  const expected = nameProblem(name);
  if (expected === undefined) return;
  throw StudyProblem.of(['spaces', index, 'name'], `got ${JSON.stringify(name)}`, expected);
}
