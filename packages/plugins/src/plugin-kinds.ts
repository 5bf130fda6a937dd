import type { PluginKind } from '@netspace/contracts';

/** What a thing of a kind must be: a function, or an object with these functions. */
export interface KindForm {
  /** What one of it is called in messages. */
  readonly noun: string;
  /** Names of its functions; none where it is a function itself. */
  readonly functions: readonly string[];
  /** Further functions that it may have. */
  readonly optional: readonly string[];
}

/** The form of each kind of thing that a plugin may bring. */
export const kindForms: Readonly<Record<PluginKind, KindForm>> = {
  blocks: { noun: 'block', functions: [], optional: [] },
  stems: { noun: 'stem', functions: [], optional: [] },
  distributions: { noun: 'distribution', functions: ['valueCount', 'sampler'], optional: ['boundsProblem'] },
  datasets: { noun: 'dataset', functions: ['describe', 'load'], optional: [] },
  engines: { noun: 'engine', functions: ['load'], optional: [] },
  evaluators: { noun: 'evaluator', functions: [], optional: [] },
  figures: { noun: 'figure', functions: [], optional: [] },
};

/** The kinds by name. */
export const pluginKinds = Object.keys(kindForms) as PluginKind[];
