import { unknownName } from '@netspace/config-file';
import type { Extensions } from '@netspace/contracts';
import { datasetSchema } from '@netspace/datasets';
import { architectureOf } from './extended.js';
import type { Path } from './setting-layers.js';
import { shippedClaims } from './shipped-claims.js';
import { StudyProblem } from './study-problem.js';

/** The engine to choose by name, besides the engines' own names: the first of them that is available. */
export const automaticEngine = 'auto';

/** A dataset of which a study says no more than the images' form: the evaluator brings the images. */
export const externalDataset = 'external';

/** The engines that netspace ships, in order of preference. */
export const shippedEngines = ['native', 'tfjs', 'reference'] as const;

/** The datasets that netspace ships, by name. */
export const builtInDatasets: readonly string[] = datasetSchema.options.map(({ shape }) => shape.name.value);

/** All that a study may name. */
export type Vocabulary = Readonly<
  Record<'block' | 'stem' | 'dataset' | 'engine' | 'evaluator' | 'claim', readonly string[]>
>;

/** What netspace ships, and what plugins bring. */
export function vocabularyOf(extensions: Extensions): Vocabulary {
  const { blocks, stems } = architectureOf(extensions);
  const { datasets, engines, evaluators, claims } = extensions;
  return {
    block: Object.keys(blocks),
    stem: Object.keys(stems),
    dataset: [...builtInDatasets, externalDataset, ...Object.keys(datasets)],
    engine: [automaticEngine, ...shippedEngines, ...Object.keys(engines)],
    evaluator: Object.keys(evaluators),
    claim: [...shippedClaims, ...Object.keys(claims)],
  };
}

/** @throws StudyProblem where a name in the study file is none of the known ones. */
export function checkKnown(path: Path, name: string, known: readonly string[]): void {
  if (known.includes(name)) return;
  const { problem, expected } = unknownName(name, known);
  throw StudyProblem.of(path, problem, known.length === 0 ? 'what a plugin of the study brings' : expected);
}
