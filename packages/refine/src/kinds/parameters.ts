import type { DesignSpace, Distribution, RefinementGround, TrainedNetwork } from '@netspace/contracts';
import { bestOfResamples, percentile } from '@netspace/statistics';

/** Parameters that are drawn, with how. */
export function drawnParameters({ parameters }: DesignSpace): [name: string, distribution: Distribution][] {
  return Object.entries(parameters).flatMap(([name, parameter]): [string, Distribution][] =>
    'distribution' in parameter ? [[name, parameter]] : [],
  );
}

/** Parameters that are drawn for every stage. */
export function stageParameters(space: DesignSpace): string[] {
  if (space.kind !== 'anynet') return [];
  return drawnParameters(space)
    .map(([name]) => name)
    .filter((name) => !space.shared.includes(name));
}

/** Values of a parameter in a network: one, or one of each stage. */
export function valuesOf({ network: { parameters } }: TrainedNetwork, name: string): number[] {
  const whole = parameters[name];
  if (whole !== undefined) return [whole];
  const stages = Object.keys(parameters).filter((key) => key.startsWith(`${name}[`));
  return stages.map((key) => parameters[key]!);
}

/** Resamples of the bootstrap: a tenth of those of a report, since its ranges are only proposed. */
const resamples = 1000;

/** Where values of the best networks lie (paper, section 3.1): the median and the 95 % range, of values that networks have. */
export function goodRange(
  { networks, seed }: RefinementGround,
  of: (network: TrainedNetwork) => readonly number[],
): { readonly low: number; readonly median: number; readonly high: number } {
  const errors = networks.map(({ error }) => error);
  const best = bestOfResamples({ errors, seed, resamples }).flatMap((index) => [...of(networks[index]!)]);
  const nearest = (p: number): number => {
    const at = percentile(best, p);
    return best.reduce((a, b) => (Math.abs(b - at) < Math.abs(a - at) ? b : a));
  };
  return { low: nearest(2.5), median: nearest(50), high: nearest(97.5) };
}
