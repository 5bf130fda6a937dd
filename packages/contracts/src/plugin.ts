import type { BlockType } from './block-type.js';
import type { ClaimKind } from './claim.js';
import type { Dataset, ImageShape } from './dataset.js';
import type { DistributionKind } from './distribution-kind.js';
import type { EngineAvailability } from './engine.js';
import type { Evaluator } from './evaluator.js';
import type { FigureKind } from './figure.js';
import type { RefinementKind } from './refinement.js';
import type { StemType } from './stem-type.js';

/** What the study says of a dataset, an engine or an evaluator besides its name: checked by the plugin itself. */
export type PluginOptions = Readonly<Record<string, unknown>>;

/** Where a plugin's files are. */
export interface PluginPlace {
  /** Absolute path of the folder of the study file: paths in the study are meant from there. */
  readonly studyDirectory: string;
  /** The folder of `--data`, where it was given. */
  readonly dataDirectory?: string;
}

/** A dataset of a plugin. What it throws is shown with its message. */
export interface DatasetKind {
  /** Classes, channels and image size, without reading images. */
  describe(options: PluginOptions, place: PluginPlace): ImageShape | Promise<ImageShape>;
  /** Mean and standard deviation are computed from images in memory where they are left out. */
  load(options: PluginOptions, place: PluginPlace): LoadedDataset | Promise<LoadedDataset>;
}

/** A dataset as a plugin gives it. */
export type LoadedDataset = Omit<Dataset, 'name' | 'mean' | 'standardDeviation'> &
  Partial<Pick<Dataset, 'mean' | 'standardDeviation'>>;

/** An engine of a plugin. */
export interface EngineKind {
  /**
   * @param cores - What a network may use, where the engine can use several. Results do not depend on it.
   * @param instructionSet - What it is to compute with, where it has a choice; what is fastest here where it is left out.
   */
  load(cores: number, instructionSet?: string): EngineAvailability | Promise<EngineAvailability>;
}

/** An evaluator of a plugin: called once in each worker. */
export type EvaluatorKind = (options: PluginOptions, place: PluginPlace) => Evaluator | Promise<Evaluator>;

/**
 * What a module of a user's exports to extend netspace: plain data and functions by name, nothing of netspace imported.
 *
 * @example
 * // my-plugin.ts: a type alone is imported, of which nothing is left when it runs.
 * import type { Plugin } from '@netspace/contracts';
 *
 * export const blocks: Plugin['blocks'] = {
 *   depthwise: (builder, input, { width, stride }) => {
 *     const groups = builder.channelsOf(input);
 *     const x = builder.batchNorm('a_bn', builder.conv('a', input, groups, { kernel: 3, stride, groups }));
 *     return builder.relu('b_af', builder.batchNorm('b_bn', builder.conv('b', x, width, { kernel: 1 })));
 *   },
 * };
 */
export interface Plugin {
  readonly blocks?: Readonly<Record<string, BlockType>>;
  readonly stems?: Readonly<Record<string, StemType>>;
  readonly distributions?: Readonly<Record<string, DistributionKind>>;
  readonly datasets?: Readonly<Record<string, DatasetKind>>;
  readonly engines?: Readonly<Record<string, EngineKind>>;
  readonly evaluators?: Readonly<Record<string, EvaluatorKind>>;
  readonly figures?: Readonly<Record<string, FigureKind>>;
  readonly claims?: Readonly<Record<string, ClaimKind>>;
  readonly refinements?: Readonly<Record<string, RefinementKind>>;
}

/** The kinds of things a plugin may bring. */
export type PluginKind = keyof Plugin;

/** The things of all plugins of a study: every kind is there, maybe empty. */
export type Extensions = Required<Plugin>;
