import type { ComparedArms, PluginPlace, Recipe, Regime, StopRule } from '@netspace/contracts';
import type { DesignSpace } from '@netspace/design-space';
import type { Plugins } from '@netspace/plugins';
import type { SlurmSection } from '@netspace/slurm';
import type { RefineSection } from './refine-schema.js';

/** Everything of a study but the space: what a population is drawn for and how its networks are evaluated. */
export interface Setting {
  /** Distinct in the study; `base` where the study names none. */
  readonly name: string;
  /** Limits on the complexity of every network; a side that the study leaves open is 0 or 2^53 - 1. */
  readonly regime: Regime;
  /** Stem of every network. */
  readonly stem: { readonly type: string; readonly width: number };
  readonly dataset: DatasetSection;
  readonly recipe: Recipe;
  /** The study's design spaces with this setting's block and stages: complete definitions. */
  readonly spaces: readonly DesignSpace[];
}

/** The `dataset` section of a study: its kind by name, and what that kind's own keys say. Paths stand as written. */
export type DatasetSection = Readonly<Record<string, unknown>> & { readonly name: string };

/** What turns a network into an outcome. */
export type EvaluatorSection =
  /** Training on the study's engine. */
  | { readonly kind: 'train' }
  /** A program: its words, the seconds that a network may take, and whether a process is for one network or for many. */
  | {
      readonly kind: 'command';
      readonly command: readonly string[];
      readonly timeLimit: number;
      readonly processes: 'each' | 'many';
    }
  /** An evaluator of a plugin with its options. */
  | { readonly kind: 'plugin'; readonly name: string; readonly options: Readonly<Record<string, unknown>> };

/** The `latency` section of a study. */
export interface LatencySection {
  /** `auto`, or engines by name, distinct; the study's engine where left out. */
  readonly engines?: readonly string[];
  /** Images of a pass, each at least 1, distinct. */
  readonly batchSizes: readonly number[];
}

/** What a run keeps of a plugin module. */
export interface PluginRecord {
  /** As the study names it: `./mine.mjs`, `some-npm-package`. */
  readonly specifier: string;
  /** SHA-256 of its content. */
  readonly hash: string;
  /** What it brings: `block silu_block`, `dataset tiles`. */
  readonly provides: readonly string[];
}

/** A study as plain JSON, complete: all that reading commands need, without the study file, its plugins or images. */
export interface StudyRecord {
  readonly name: string;
  /** Of everything that is drawn at random. */
  readonly seed: number;
  /** Drawn for each arm. */
  readonly networks: number;
  /** Trainings of each network, or of the `replicated`. */
  readonly replicates: number;
  /** Networks of each population, the first ones, that are trained `replicates` times, the others once; all where left out. */
  readonly replicated?: number;
  /** `auto`, or an engine by name. */
  readonly engine: string;
  /** What the engine must compute with, by the command line; anything where it is left out. */
  readonly instructionSet?: string;
  readonly evaluator: EvaluatorSection;
  readonly plugins: readonly PluginRecord[];
  /** Which arms of a setting are compared. */
  readonly compare: ComparedArms;
  /** Whether pairs of networks of equal flops are compared, too. */
  readonly matched: boolean;
  /** The claims to be decided, by name; `all`: every shipped one and every one of the plugins. */
  readonly claims: 'all' | readonly string[];
  /** Where left out, all networks are trained. */
  readonly stop?: StopRule;
  /** What inference times are measured of; single images on its engine where left out. */
  readonly latency?: LatencySection;
  /** How its space is refined; with the defaults where left out. */
  readonly refine?: RefineSection;
  /** At least one. */
  readonly settings: readonly Setting[];
}

/** A study read from its file, ready to run. */
export interface Study extends StudyRecord {
  /** The study file, as it was named. */
  readonly file: string;
  /** Where paths in the study are meant from, and the folder of `--data`. */
  readonly place: PluginPlace;
  /** Its plugins, loaded. */
  readonly loaded: Plugins;
  /** What a SLURM cluster is asked for: no part of what the run keeps, since it decides no result. */
  readonly slurm?: SlurmSection;
}

/** A setting and a space: its networks are one population. */
export interface Arm {
  /** The space's name in a study of one setting, else `<setting>/<space>`; distinct in the study. */
  readonly name: string;
  readonly setting: Setting;
  readonly space: DesignSpace;
}
