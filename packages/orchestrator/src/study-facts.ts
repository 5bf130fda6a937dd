import type { DatasetDescription, Recipe, Regime, TrainingRecord } from '@netspace/contracts';
import { formatCount, formatDuration } from '@netspace/formats';
import type { Fact } from '@netspace/report';
import type { Setting, StudyRecord } from '@netspace/study';
import type { Run } from './run.js';

/** What a report says of a study before its results: images, limits, recipe, what trained, when and how long. */
export function studyFacts({ content }: Run, records: readonly TrainingRecord[]): Fact[] {
  const { study, training } = content;
  const bySetting = (of: (setting: Setting) => string): Fact['value'] => distinct(study.settings, of);
  const facts: Record<string, Fact['value']> = {
    Dataset: bySetting((setting) => describeDataset(setting.dataset.name, training?.datasets[setting.name] ?? null)),
    Regime: bySetting(({ regime }) => describeRegime(regime)),
    Stem: bySetting(({ stem }) => `${stem.type}, ${stem.width} channels`),
    Recipe: bySetting(({ recipe }) => describeRecipe(recipe)),
    Evaluator: listed(records.map(({ provenance }) => provenance.evaluator)),
    Seed: `${study.seed}${describeReplicates(study)}`,
    'Training time': describeTime(records),
    Versions: listed(records.map(({ provenance }) => `netspace ${provenance.netspace}, Node.js ${provenance.node}`)),
  };
  return Object.entries(facts).map(([label, value]) => ({ label, value }));
}

/** What all settings share, or a line for each setting with its own behind its name. */
function distinct(settings: readonly Setting[], of: (setting: Setting) => string): Fact['value'] {
  const texts = settings.map(of);
  if (new Set(texts).size === 1) return texts[0]!;
  return settings.map(({ name }, index) => `${name}: ${texts[index]!}`);
}

function describeReplicates({ replicates, replicated }: StudyRecord): string {
  if (replicates === 1) return '';
  const networks = replicated === undefined ? 'each network' : `the first ${replicated} networks of each space`;
  return `; ${networks} trained ${replicates} times`;
}

const listed = (texts: readonly string[]): string => [...new Set(texts)].join(', ');

function describeDataset(name: string, description: DatasetDescription | null): string {
  if (description === null) return name;
  const { images, imageSize } = description;
  const parts = Object.entries(images).map(([part, count]) => `${count} ${part}`);
  return `${name}: ${parts.join(', ').replace('train', 'training')} images of ${imageSize} x ${imageSize} pixels`;
}

function describeRegime(regime: Regime): string {
  const limits = Object.entries(regime) as [keyof Regime, { low: number; high: number }][];
  const texts = limits.map(([name, range]) => `${name} ${describeRange(range)}`);
  return texts.length === 0 ? 'no limits' : texts.join(', ');
}

function describeRange({ low, high }: { readonly low: number; readonly high: number }): string {
  if (high === Number.MAX_SAFE_INTEGER) return `at least ${formatCount(low)}`;
  return low === 0 ? `at most ${formatCount(high)}` : `from ${formatCount(low)} to ${formatCount(high)}`;
}

function describeRecipe({ epochs, batchSize, optimizer, learningRate, warmup, precision }: Recipe): string {
  const { momentum, nesterov, weightDecay } = optimizer;
  return [
    `${epochs} ${epochs === 1 ? 'epoch' : 'epochs'} in batches of ${batchSize}`,
    `SGD with ${nesterov ? 'Nesterov ' : ''}momentum ${momentum}, weight decay ${weightDecay}`,
    `${learningRate.schedule} learning rate from ${learningRate.base}`,
    ...(warmup.epochs === 0 ? [] : [`warm-up over ${warmup.epochs} ${warmup.epochs === 1 ? 'epoch' : 'epochs'}`]),
    ...(precision === undefined ? [] : [precision]),
  ].join(', ');
}

function describeTime(records: readonly TrainingRecord[]): string {
  const seconds = records.reduce((sum, record) => sum + record.seconds, 0);
  const dates = records.map(({ provenance }) => provenance.date.slice(0, 10)).sort();
  const days = listed([dates[0] ?? '', dates.at(-1) ?? '']).replace(', ', ' to ');
  return `${formatDuration(seconds)} over ${records.length} trainings, ${days}`;
}
