import type { ArmResults, ResultPopulation, StudyResults } from '@netspace/analysis';
import type { TrainingResult } from '@netspace/contracts';
import type { AnalysedFrom } from './compute-analysis.js';
import type { InParts } from './in-thread.js';

/** The arms of a study for a thread: what is large as JSON, which takes a fraction of the time of a copy. */
export interface ResultsText {
  /** The population of each arm. */
  readonly populations: readonly string[];
  readonly trained: TrainedText;
}

/** What is trained of a study. */
export interface TrainedText {
  /** Each with the name that its results have. */
  readonly arms: readonly { readonly arm: Omit<ArmResults, 'population' | 'records'>; readonly results: string }[];
  /** The results that arms name, as JSON. */
  readonly results: Readonly<Record<string, string>>;
}

/** The same, of arms that are not kept as JSON. */
export function textOf(arms: StudyResults['arms']): ResultsText & Pick<AnalysedFrom, 'sizes'> {
  const texts = arms.map(({ population, records, ...arm }) => ({
    ...{ arm, population: JSON.stringify(population), records: JSON.stringify(records) },
  }));
  return {
    sizes: arms.map(({ population }) => population.networks.length),
    populations: texts.map(({ population }) => population),
    trained: {
      arms: texts.map(({ arm }) => ({ arm, results: arm.name })),
      results: Object.fromEntries(texts.map(({ arm, records }) => [arm.name, records])),
    },
  };
}

export async function armsOfText({ populations, trained }: InParts<ResultsText>): Promise<ArmResults[]> {
  const networks = (await populations).map((json) => JSON.parse(json) as ResultPopulation);
  const { arms, results } = await trained;
  const records = new Map(Object.entries(results).map(([name, json]) => [name, JSON.parse(json) as TrainingResult[]]));
  return arms.map(({ arm, results: name }, index) => ({
    ...arm,
    population: networks[index]!,
    records: records.get(name) ?? [],
  }));
}
