import type { PluginKind } from '@netspace/contracts';
import { checkEngine, checkEvaluator, checkEvidence, checkList, checkProposals } from './check-given.js';

/** What a thing of a kind must be: a function, or an object with these functions and texts. */
export interface KindForm {
  /** What one of it is called in messages. */
  readonly noun: string;
  /** Names of its functions; none where it is a function itself. */
  readonly functions: readonly string[];
  /** Further functions that it may have. */
  readonly optional: readonly string[];
  /** Names of the texts that it has besides. */
  readonly texts?: readonly string[];
  /** Whether its functions may give a promise. */
  readonly mayWait: boolean;
  /** Checks what it gives, where nothing else does. */
  readonly checkGiven?: (given: unknown) => void;
}

/** The form of each kind of thing that a plugin may bring. */
export const kindForms: Readonly<Record<PluginKind, KindForm>> = {
  blocks: { noun: 'block', functions: [], optional: [], mayWait: false },
  stems: { noun: 'stem', functions: [], optional: [], mayWait: false },
  distributions: {
    ...{ noun: 'distribution', mayWait: false },
    ...{ functions: ['valueCount', 'sampler'], optional: ['boundsProblem'] },
  },
  datasets: { noun: 'dataset', functions: ['describe', 'load'], optional: [], mayWait: true },
  engines: { noun: 'engine', functions: ['load'], optional: [], mayWait: true, checkGiven: checkEngine },
  evaluators: { noun: 'evaluator', functions: [], optional: [], mayWait: true, checkGiven: checkEvaluator },
  figures: { noun: 'figure', functions: [], optional: [], mayWait: false, checkGiven: checkList },
  claims: {
    ...{ noun: 'claim', functions: ['evidence'], optional: [], texts: ['statement', 'source'] },
    ...{ mayWait: false, checkGiven: checkEvidence },
  },
  refinements: { noun: 'refinement', functions: [], optional: [], mayWait: false, checkGiven: checkProposals },
};

/** The kinds by name. */
export const pluginKinds = Object.keys(kindForms) as PluginKind[];
