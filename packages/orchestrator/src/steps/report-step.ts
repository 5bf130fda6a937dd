import type { Dataset, Regime, TrainingRecord } from '@netspace/contracts';
import { degreesOfFreedom, type DesignSpace, sizeOf } from '@netspace/design-space';
import { type Fact, figures, renderReport, type ReportSpace } from '@netspace/report';
import { formatDuration } from '../duration.js';
import { writeFileWhole } from '../json-file.js';
import type { SpaceResults } from '../results.js';
import type { RunFolder } from '../run-folder.js';
import type { Study } from '../study.js';
import type { Fits } from './fit-step.js';
import { readLatencies } from './latency-step.js';

/** What the report is made of. */
export interface ReportMaterial {
  readonly study: Study;
  readonly folder: RunFolder;
  readonly dataset: Dataset;
  /** Description of the engine. */
  readonly engine: string;
  readonly results: readonly SpaceResults[];
  readonly fits: Fits;
}

/** Draws the figures and writes the report page, with each figure as a file beside it. */
export async function reportStep(material: ReportMaterial): Promise<void> {
  const { study, folder, results, fits } = material;
  const spaces = results.map((result, index) => reportSpace(study.spaces[index]!, result, fits));
  const input = { title: study.name, description: factsOf(material), spaces, latencies: readLatencies(folder) };
  for (const { name, svg } of await figures(input)) writeFileWhole(folder.figure(name), svg);
  writeFileWhole(folder.report, await renderReport(input));
}

function reportSpace(space: DesignSpace, { population, records }: SpaceResults, fits: Fits): ReportSpace {
  const { kind, combinations } = sizeOf(space);
  const size = `${kind === 'exact' ? '' : 'at most '}${Number(combinations).toExponential(1)}`;
  return { population, records, degreesOfFreedom: degreesOfFreedom(space), size, fits };
}

function factsOf({ study, dataset, engine, results }: ReportMaterial): Fact[] {
  const { recipe, seed, stem } = study;
  const records = results.flatMap((result) => result.records);
  const seconds = records.reduce((sum, record) => sum + record.seconds, 0);
  const facts: Record<string, string> = {
    Dataset: `${dataset.name}: ${dataset.train.count} training and ${dataset.test.count} test images of ${dataset.imageSize} x ${dataset.imageSize} pixels`,
    Regime: describeRegime(study.regime),
    Stem: `${stem.type}, ${stem.width} channels`,
    Recipe: describeRecipe(recipe),
    Engine: `${enginesOf(records)} (${engine})`,
    Seed: String(seed),
    'Training time': `${formatDuration(seconds)} over ${records.length} networks`,
  };
  return Object.entries(facts).map(([label, value]) => ({ label, value }));
}

function describeRegime(regime: Regime): string {
  const limits = Object.entries(regime) as [keyof Regime, { low: number; high: number }][];
  const text = limits.map(([name, { low, high }]) => `${name} from ${readable(low)} to ${readable(high)}`);
  return text.length === 0 ? 'no limits' : text.join(', ');
}

/** `360 M`, `4.5 M`, `80 k`. */
function readable(value: number): string {
  const [unit, factor] = value >= 1e9 ? ['G', 1e9] : value >= 1e6 ? ['M', 1e6] : value >= 1e3 ? ['k', 1e3] : ['', 1];
  return `${Number((value / factor).toPrecision(3))} ${unit}`.trim();
}

function describeRecipe({ epochs, batchSize, optimizer, learningRate }: Study['recipe']): string {
  const { momentum, nesterov, weightDecay } = optimizer;
  const sgd = `SGD with ${nesterov ? 'Nesterov ' : ''}momentum ${momentum}, weight decay ${weightDecay}`;
  const rate = `${learningRate.schedule} learning rate from ${learningRate.base}`;
  return `${epochs} epochs in batches of ${batchSize}, ${sgd}, ${rate}`;
}

function enginesOf(records: readonly TrainingRecord[]): string {
  return [...new Set(records.map(({ engine }) => engine))].join(', ');
}
