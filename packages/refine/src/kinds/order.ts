import type { Proposal, RefinementKind } from '@netspace/contracts';
import { stageParameters } from './parameters.js';

/** A parameter that never decreases from stage to stage (the paper's AnyNetX-D and E), or never increases. */
export const order: RefinementKind = ({ space }) =>
  stageParameters(space)
    .filter((name) => !space.nondecreasing.includes(name))
    .flatMap((name): Proposal[] => {
      const falling = fallingConstraints(name, space.stages.low);
      if (falling.some((constraint) => space.constraints.includes(constraint))) return [];
      return [
        { name: `rising-${name}`, statement: `${name} never decreases`, change: { nondecreasing: [name] } },
        // Where the number of stages is drawn, constraints cannot name the last ones.
        ...(space.stages.low === space.stages.high && falling.length > 0
          ? [{ name: `falling-${name}`, statement: `${name} never increases`, change: { constraints: falling } }]
          : []),
      ];
    });

function fallingConstraints(name: string, stages: number): string[] {
  return Array.from({ length: stages - 1 }, (_, index) => `${name}[${index + 2}] <= ${name}[${index + 1}]`);
}
