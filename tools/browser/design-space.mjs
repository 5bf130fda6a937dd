import { findDesignSpace, samplePopulation } from '@netspace/design-space';

/** The first networks of this population in version 0.1.0. */
export const expected = [
  { id: 'eae6de862889', complexity: { flops: 366854504, params: 3343560, acts: 4438440 } },
  { id: '8f676da6c1ce', complexity: { flops: 371437192, params: 3364440, acts: 5441372 } },
  { id: 'd45d9bbd3bf9', complexity: { flops: 394535976, params: 3768248, acts: 4555256 } },
];

export async function compute() {
  const space = findDesignSpace('RegNetX');
  const regime = { flops: { low: 360e6, high: 400e6 } };
  const { networks } = await samplePopulation({ space, regime, count: 3, seed: 7 });
  return networks.map(({ id, complexity }) => ({ id, complexity }));
}
