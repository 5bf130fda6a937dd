import type { RefinementKind } from '@netspace/contracts';

/** A RegNet whose slope is its initial width, w_a = w_0 (a refinement of the paper's figure 9). */
export const tie: RefinementKind = ({ space: { parameters } }) => {
  const areDrawn = ['w_0', 'w_a'].every((name) => name in parameters && 'distribution' in parameters[name]!);
  if (!areDrawn) return [];
  return [{ name: 'tie-w_a-w_0', statement: 'w_a = w_0', change: { parameters: { w_a: { equals: 'w_0' } } } }];
};
