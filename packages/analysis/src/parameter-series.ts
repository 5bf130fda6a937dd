import type { ArmAnalysis, NetworkResult, ParameterSeries } from '@netspace/contracts';
import { bestOfResamples, rangeOfBest, ranks, spearmanOfRanks } from '@netspace/statistics';
import { choiceError } from './chosen-by.js';
import { varies } from './rank-correlation.js';

/** What follows from a network. */
interface Measure extends Pick<ParameterSeries, 'name' | 'kind'> {
  /** Undefined where it is not known. */
  readonly valueOf: (result: NetworkResult) => number | undefined;
}

/** A number that every network has, in the order of the networks. */
type Column = Pick<ParameterSeries, 'name' | 'kind' | 'values'>;

/** By the name that a space would draw it under. */
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

/** What the networks of an arm are chosen by, and the seed of the draws of their best. */
type Choice = Pick<ArmAnalysis, 'chosenBy' | 'seed'>;

/**
 * Every parameter, drawn or not, that differs between networks; none where all of them diverged.
 *
 * @param results - Best first: the order of the series' values.
 */
export function parameterSeries(results: readonly NetworkResult[], { chosenBy, seed }: Choice): ParameterSeries[] {
  if (results.every(({ diverged }) => diverged)) return [];
  const errors = results.map(({ error }) => error);
  const best = bestOfResamples({ errors: results.map((result) => choiceError(result, chosenBy)), seed });
  const errorRanks = ranks(errors);
  const correlated = (values: readonly number[]): number | null =>
    varies(errors) ? spearmanOfRanks(ranks(values), errorRanks) : null;
  return columnsOf(results)
    .filter(({ values }) => varies(values))
    .map((column) => ({
      ...column,
      best: rangeOfBest(column.values, best),
      rankCorrelation: correlated(column.values),
    }));
}

/** The values of parameters in networks that all have them, in the order of the networks. */
export function parameterValues(
  results: readonly NetworkResult[],
  names: readonly string[],
): ParameterSeries['values'][] {
  const columns = new Map(columnsOf(results).map((column) => [column.name, column.values]));
  return names.map((name) => columns.get(name)!);
}

/** The parameters that are drawn, and those that are not. */
function columnsOf(results: readonly NetworkResult[]): Column[] {
  const drawn = drawnNames(results);
  const measures = [...[...drawn].map(drawnMeasure), ...derived.filter(({ name }) => !drawn.has(name))];
  return measures.flatMap(({ name, kind, valueOf }) => {
    const values = results.map(valueOf);
    return values.every((value) => value !== undefined) ? [{ name, kind, values }] : [];
  });
}

/** The parameters that any of the networks has, in the order in which they come. */
function drawnNames(results: readonly NetworkResult[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { network } of results) for (const name in network.parameters) names.add(name);
  return names;
}

function drawnMeasure(name: string): Measure {
  return { name, kind: 'drawn', valueOf: ({ network }) => network.parameters[name] };
}
