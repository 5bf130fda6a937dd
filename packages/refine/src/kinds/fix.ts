import type { RefinementKind } from '@netspace/contracts';
import { drawnParameters, goodRange, stageParameters, valuesOf } from './parameters.js';

/** Values of a parameter that are each proposed: where the best networks have more, their median is. */
const each = 3;

/** One value of a parameter for all networks: the ones that the best networks have. */
export const fix: RefinementKind = (ground) => {
  const perStage = new Set(stageParameters(ground.space));
  return drawnParameters(ground.space).flatMap(([name]) => {
    const range = goodRange(ground, (network) => valuesOf(network, name));
    const values = [...new Set(ground.networks.flatMap((network) => valuesOf(network, name)))].sort((a, b) => a - b);
    const good = values.filter((value) => value >= range.low && value <= range.high);
    const isFew = values.length <= 2 * each;
    if (perStage.has(name) && !isFew) return [];
    const proposed = good.length <= each ? good : [range.median];
    const where = perStage.has(name) ? ' in all stages' : '';
    return proposed.map((value) => ({
      name: isFew ? `fix-${name}-${value}` : `fix-${name}`,
      statement: `${name} = ${value}${where}`,
      change: { parameters: { [name]: { value } } },
    }));
  });
};
