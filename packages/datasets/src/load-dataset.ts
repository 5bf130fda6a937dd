import {
  type Dataset,
  type DatasetKind,
  type ImageShape,
  InvalidInputError,
  type LoadedDataset,
  type PluginPlace,
} from '@netspace/contracts';
import { channelStatistics } from './channel-statistics.js';
import {
  builtInDatasets,
  builtInNames,
  type DatasetSpec,
  datasetSchemaWith,
  type PluginDatasetSpec,
} from './dataset-schema.js';
import { describePluginDataset, loadPluginDataset } from './plugin-dataset.js';

/** Where datasets come from. */
export interface DatasetOptions {
  /** Where their files are; paths in a specification are meant from the current folder where it is left out. */
  readonly place?: PluginPlace;
  /** The datasets of plugins by name. */
  readonly kinds?: Readonly<Record<string, DatasetKind>>;
  /** Ends the loading early, with the signal's reason. */
  readonly signal?: AbortSignal;
}

/**
 * What a network must know of a dataset, without reading images: all that sampling and complexity need.
 *
 * @throws InvalidInputError as {@link loadDataset} does.
 * @example
 * import { describeDataset } from '@netspace/datasets';
 * await describeDataset({ name: 'mnist' }); // => { classes: 10, channels: 1, imageSize: 28 }
 */
export async function describeDataset(
  spec: DatasetSpec | PluginDatasetSpec,
  options: DatasetOptions = {},
): Promise<ImageShape> {
  return openDataset(spec, options).describe();
}

/**
 * Loads the images that a specification names.
 *
 * A relative `directory` is meant from the folder of the study; `--data` replaces it. `trainImages` and `testImages` of
 * the datasets on disk take a class-balanced subset, the same every time: the classes take turns, each giving its next
 * image in file order, until so many are taken; they stay in file order. Images of `folder` and `npy` that take more
 * than 1 GiB stay in their files and are read batch by batch.
 *
 * @throws InvalidInputError where the specification is invalid, or a file is missing, truncated or wrong: it names the
 * file, what was found, what would be valid, and where to get it. Keys are those of the study: `dataset.trainImages`.
 * @example
 * import { loadDataset } from '@netspace/datasets';
 * const digits = await loadDataset({ name: 'mnist', trainImages: 100, testImages: 50 });
 * digits.train.count; // => 100
 * digits.train.labels.filter((label) => label === 7).length; // => 10
 */
export async function loadDataset(
  spec: DatasetSpec | PluginDatasetSpec,
  options: DatasetOptions = {},
): Promise<Dataset> {
  const loaded = await openDataset(spec, options).load();
  const { mean, standardDeviation } = loaded;
  if (mean !== undefined && standardDeviation !== undefined)
    return { ...loaded, name: spec.name, mean, standardDeviation };
  const computed = await channelStatistics(loaded.train, loaded);
  return { ...loaded, name: spec.name, ...computed };
}

interface OpenDataset {
  describe(): Promise<ImageShape>;
  load(): Promise<LoadedDataset>;
}

/** The dataset of a valid specification. */
function openDataset(
  spec: DatasetSpec | PluginDatasetSpec,
  { place = { studyDirectory: process.cwd() }, kinds = {}, signal }: DatasetOptions,
): OpenDataset {
  const { name, ...own } = parseSpec(spec, Object.keys(kinds));
  const builtIn = builtInDatasets[builtInNames.indexOf(name)];
  if (builtIn === undefined) {
    const dataset = { name, kind: kinds[name]!, options: own };
    return {
      describe: () => describePluginDataset(dataset, place),
      load: () => loadPluginDataset(dataset, place),
    };
  }
  // The name has picked the kind whose specification this is, which the type of a list cannot say.
  const checked = { name, ...own } as never;
  return { describe: () => builtIn.describe(checked, place), load: () => builtIn.load(checked, place, signal) };
}

function parseSpec(spec: unknown, pluginNames: readonly string[]): DatasetSpec | PluginDatasetSpec {
  const result = datasetSchemaWith(pluginNames).safeParse(spec);
  if (result.success) return result.data;
  const { path, message } = result.error.issues[0]!;
  throw new InvalidInputError({ key: ['dataset', ...path].join('.'), problem: message });
}
