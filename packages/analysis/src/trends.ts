import type { Complexity, LineFit, NetworkResult, Trends } from '@netspace/contracts';
import { fitLine, fitSquareRoot } from '@netspace/statistics';

/** The best of an arm are this share of its networks, at least one. */
const bestShare = 0.25;

/** A trend is fitted to at least so many networks whose flops span at least this factor. */
const fewest = 3;
const flopsSpan = 1.5;

/**
 * How the cost of the best networks grows with their flops (paper, section 4); null where there is none, or their cost is not known.
 *
 * @param completed - The networks that did not diverge, best first.
 */
export function trendsOf(completed: readonly NetworkResult[]): Trends | null {
  const known = completed.flatMap(({ network }) => (isKnown(network.complexity) ? [network.complexity] : []));
  if (completed.length === 0 || known.length < completed.length) return null;
  const best = Math.max(1, Math.round(bestShare * completed.length));
  const costs = known.slice(0, best);
  const flops = costs.map((cost) => cost.flops);
  const isWide = best >= fewest && Math.max(...flops) >= flopsSpan * Math.min(...flops);
  const trend = (fit: (x: number[], y: number[]) => LineFit, quantity: 'params' | 'acts'): LineFit | null =>
    isWide
      ? fit(
          flops,
          costs.map((cost) => cost[quantity]),
        )
      : null;
  return {
    best,
    params: trend(fitLine, 'params'),
    acts: trend(fitSquareRoot, 'acts'),
    frontier: frontier(completed).map(({ network }) => network.id),
  };
}

function isKnown(complexity: Partial<Complexity>): complexity is Complexity {
  return complexity.flops !== undefined && complexity.params !== undefined && complexity.acts !== undefined;
}

/** The networks that are better than all cheaper ones, by flops. */
function frontier(completed: readonly NetworkResult[]): NetworkResult[] {
  let lowest = Infinity;
  return [...completed]
    .sort((a, b) => a.network.complexity.flops! - b.network.complexity.flops! || a.error - b.error)
    .filter(({ error }) => {
      const isLower = error < lowest;
      if (isLower) lowest = error;
      return isLower;
    });
}
