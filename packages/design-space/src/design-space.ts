import type { DesignSpace, Distribution, Stride } from '@netspace/contracts';

export type { DesignSpace, Parameter, SpaceKind, Stride } from '@netspace/contracts';

/** The definition of a drawn parameter, or the value of a fixed one; a parameter equal to another has that one's. */
export function resolvedParameter(space: DesignSpace, name: string): Distribution | { readonly value: number } {
  const parameter = space.parameters[name]!;
  return 'equals' in parameter ? resolvedParameter(space, parameter.equals) : parameter;
}

/** Whether a parameter has a value of its own in every stage. */
export function isPerStage(space: DesignSpace, name: string): boolean {
  return space.kind === 'anynet' && !space.shared.includes(name);
}

/** Stride of the first block of a stage, counted from 0. */
export function strideOf(space: DesignSpace, stage: number): Stride {
  return typeof space.strides === 'number' ? space.strides : space.strides[stage]!;
}
