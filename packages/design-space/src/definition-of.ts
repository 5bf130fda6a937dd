import type { DesignSpaceDefinition } from './definition-schema.js';
import type { DesignSpace } from './design-space.js';

/** Squeeze-excitation where a definition does not say it: that of pycls and the paper for the block y, which is the block x without. */
export function defaultRatio(block: string): number {
  return block === 'y' ? 0.25 : 0;
}

/** The definition that a space resolves from without extending another; keys whose value is the default are left out. */
export function definitionOf(space: DesignSpace): DesignSpaceDefinition {
  const { name, description, kind, block, squeezeExcitationRatio, stages, strides, parameters } = space;
  return {
    name,
    ...(description === '' ? {} : { description }),
    kind,
    block,
    ...(squeezeExcitationRatio === 0 && defaultRatio(block) === 0 ? {} : { squeezeExcitationRatio }),
    stages: stages.low === stages.high ? stages.low : [stages.low, stages.high],
    ...(strides === 2 ? {} : { strides: typeof strides === 'number' ? strides : [...strides] }),
    parameters: { ...parameters },
    ...listsOf(space),
  };
}

function listsOf(space: DesignSpace): Pick<DesignSpaceDefinition, 'shared' | 'nondecreasing' | 'constraints'> {
  const names = (['shared', 'nondecreasing', 'constraints'] as const).filter((name) => space[name].length > 0);
  return Object.fromEntries(names.map((name) => [name, [...space[name]]]));
}
