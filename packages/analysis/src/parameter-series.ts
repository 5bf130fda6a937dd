import type { NetworkResult, ParameterSeries } from '@netspace/contracts';
import { rangeOfBest, ranks, spearmanOfRanks } from '@netspace/statistics';
import { varies } from './rank-correlation.js';

/** A number that every network has. */
interface Measure extends Pick<ParameterSeries, 'name' | 'kind'> {
  /** Undefined where it is not known. */
  readonly valueOf: (result: NetworkResult) => number | undefined;
}

/** What follows from a network, by the name that a space would draw it under. */
const derived: readonly Measure[] = [
  {
    name: 'depth',
    kind: 'derived',
    valueOf: ({ network }) => network.config?.stages.reduce((sum, { depth }) => sum + depth, 0),
  },
  { name: 'w_0', kind: 'fitted', valueOf: ({ fit }) => fit?.initialWidth },
  { name: 'w_a', kind: 'fitted', valueOf: ({ fit }) => fit?.slope },
  { name: 'w_m', kind: 'fitted', valueOf: ({ fit }) => fit?.widthMultiplier },
  { name: 'e_fit', kind: 'fitted', valueOf: ({ fit }) => fit?.fitError },
  { name: 'flops', kind: 'derived', valueOf: ({ network }) => network.complexity.flops },
  { name: 'params', kind: 'derived', valueOf: ({ network }) => network.complexity.params },
  { name: 'acts', kind: 'derived', valueOf: ({ network }) => network.complexity.acts },
];

/**
 * Every parameter, drawn or not, that differs between networks; none where all of them diverged.
 *
 * @param results - Best first: the order of the series' values.
 * @param best - The networks that were best of resamples, by their places in the order of indexes.
 */
export function parameterSeries(results: readonly NetworkResult[], best: readonly number[]): ParameterSeries[] {
  if (results.every(({ diverged }) => diverged)) return [];
  const inOrder = [...results].sort((a, b) => a.network.index - b.network.index);
  const errors = inOrder.map(({ error }) => error);
  const errorRanks = ranks(errors);
  const correlated = (values: readonly number[]): number | null =>
    varies(errors) ? spearmanOfRanks(ranks(values), errorRanks) : null;
  return measuresOf(results).flatMap(({ name, kind, valueOf }) => {
    const values = inOrder.map(valueOf);
    if (!values.every((value) => value !== undefined) || !varies(values)) return [];
    return [
      {
        name,
        kind,
        values: results.map((result) => valueOf(result)!),
        best: rangeOfBest(values, best),
        rankCorrelation: correlated(values),
      },
    ];
  });
}

/** The values of parameters in networks that all have them, in the order of the networks. */
export function parameterValues(results: readonly NetworkResult[], names: readonly string[]): number[][] {
  const measures = new Map(measuresOf(results).map((measure) => [measure.name, measure]));
  return names.map((name) => results.map((result) => measures.get(name)!.valueOf(result)!));
}

/** The parameters that are drawn, and those that are not. */
function measuresOf(results: readonly NetworkResult[]): Measure[] {
  const names = [...new Set(results.flatMap(({ network }) => Object.keys(network.parameters)))];
  const drawn = names
    .filter((name) => results.every(({ network }) => network.parameters[name] !== undefined))
    .map((name): Measure => ({ name, kind: 'drawn', valueOf: ({ network }) => network.parameters[name]! }));
  return [...drawn, ...derived.filter(({ name }) => !names.includes(name))];
}
