import { fitLine, fitSquareRoot, type LineFit } from '@netspace/statistics';
import type { SpaceView, TrainedNetwork } from './study-view.js';

/** The best of a population are this share of it, at least one. */
const bestShare = 0.25;

/** A trend is fitted where the flops of the best networks span at least this factor. */
const trendSpan = 1.5;

/** A network's cost and error. */
export interface TrendPoint {
  readonly flops: number;
  readonly params: number;
  readonly acts: number;
  readonly error: number;
  /** Whether it is among the best quarter of its space. */
  readonly isBest: boolean;
}

/** The networks of a space that completed. */
export function trendPoints({ completed }: SpaceView): TrendPoint[] {
  const best = Math.max(1, Math.round(bestShare * completed.length));
  return completed.map((network, rank) => ({ ...costAndError(network), isBest: rank < best }));
}

function costAndError({ network: { complexity }, error }: TrainedNetwork): Omit<TrendPoint, 'isBest'> {
  const { flops, params, acts } = complexity;
  return { flops, params, acts, error };
}

/** The lowest error within so many flops: a point at each network that is better than all cheaper ones. */
export function frontier(points: readonly TrendPoint[]): TrendPoint[] {
  let lowest = Infinity;
  return [...points]
    .sort((a, b) => a.flops - b.flops || a.error - b.error)
    .filter(({ error }) => {
      const isLower = error < lowest;
      if (isLower) lowest = error;
      return isLower;
    });
}

/** The trend of a quantity with flops among the best networks; undefined where their flops are too much alike. */
export function trendOf(points: readonly TrendPoint[], quantity: 'params' | 'acts'): LineFit | undefined {
  const best = points.filter(({ isBest }) => isBest);
  const flops = best.map((point) => point.flops);
  if (best.length < 3 || Math.max(...flops) < trendSpan * Math.min(...flops)) return undefined;
  const values = best.map((point) => point[quantity]);
  return quantity === 'acts' ? fitSquareRoot(flops, values) : fitLine(flops, values);
}
