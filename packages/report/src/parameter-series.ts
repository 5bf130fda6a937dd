import { bootstrapBest, type BootstrapRange, correlation } from '@netspace/statistics';
import type { SpaceView, TrainedNetwork } from './study-view.js';

/** A network's value of a parameter beside its error. */
export interface ParameterPoint {
  readonly value: number;
  readonly error: number;
  readonly diverged: boolean;
}

/** One parameter of a space's networks. */
export interface ParameterSeries {
  readonly label: string;
  readonly points: readonly ParameterPoint[];
  /** Where the values of the best networks lie: median and 95 % range of the empirical bootstrap. */
  readonly best: BootstrapRange;
  /** Spearman's correlation of value and error; undefined where all errors are equal. */
  readonly rankCorrelation: number | undefined;
}

interface Measure {
  readonly label: string;
  readonly valueOf: (network: TrainedNetwork) => number | undefined;
}

/** What is not drawn but follows from a network, by the name that a space would draw it under. */
const derived: Readonly<Record<string, Measure>> = {
  depth: {
    label: 'depth (blocks)',
    valueOf: ({ network }) => network.config.stages.reduce((sum, { depth }) => sum + depth, 0),
  },
  w_0: { label: 'w_0, fitted', valueOf: ({ fit }) => fit?.initialWidth },
  w_a: { label: 'w_a, fitted', valueOf: ({ fit }) => fit?.slope },
  w_m: { label: 'w_m, fitted', valueOf: ({ fit }) => fit?.widthMultiplier },
  flops: { label: 'flops (multiply-adds)', valueOf: ({ network }) => network.complexity.flops },
  params: { label: 'params', valueOf: ({ network }) => network.complexity.params },
  acts: { label: 'acts (elements)', valueOf: ({ network }) => network.complexity.acts },
};

/** Every parameter of a space, drawn or derived, that differs between its networks; none where all diverged. */
export function parameterSeries({ networks, completed, population }: SpaceView): ParameterSeries[] {
  if (completed.length === 0) return [];
  return measuresOf(networks).flatMap(({ label, valueOf }) => {
    const points = networks.flatMap((network): ParameterPoint[] => {
      const value = valueOf(network);
      return value === undefined ? [] : [{ value, error: network.error, diverged: network.diverged }];
    });
    const values = points.map(({ value }) => value);
    if (new Set(values).size < 2) return [];
    const errors = points.map(({ error }) => error);
    return [
      {
        label,
        points,
        best: bootstrapBest({ values, errors, seed: population.seed }),
        rankCorrelation: new Set(errors).size < 2 ? undefined : correlation(values, errors).spearman,
      },
    ];
  });
}

function measuresOf(networks: readonly TrainedNetwork[]): Measure[] {
  const drawn = [...new Set(networks.flatMap(({ network }) => Object.keys(network.parameters)))];
  return [
    ...drawn.map((name) => ({ label: name, valueOf: ({ network }: TrainedNetwork) => network.parameters[name] })),
    ...Object.entries(derived).flatMap(([name, measure]) => (drawn.includes(name) ? [] : [measure])),
  ];
}
