import type { RefinementKind } from '@netspace/contracts';
import { stageParameters } from './parameters.js';

/** One value of a parameter for all stages (the paper's AnyNetX-B and C). */
export const share: RefinementKind = ({ space }) =>
  stageParameters(space)
    .filter((name) => !space.nondecreasing.includes(name))
    .map((name) => ({
      name: `share-${name}`,
      statement: `${name} is the same in all stages`,
      change: { shared: [name] },
    }));
