import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StudyResults } from '@netspace/analysis';
import type { StudyAnalysis, StudyFindings } from '@netspace/contracts';
import type { PluginModule } from '@netspace/plugins';
import { analysisKind, readMadeFrom, writeArtefact } from '@netspace/run-store';
import type { StepControl } from '../pipeline-event.js';
import type { Run } from '../run.js';
import { analyseInThreads, type AnalysisThreads } from '../threads/analyse-in-threads.js';
import type { TrainedText } from '../threads/results-text.js';
import { madeFrom, readSources } from './analysis-sources.js';
import { armResults, armsOfRun, resultsByConditions, type TrainedResult } from './arm-results.js';
import { parsePopulations, readPopulationTexts } from './read-populations.js';

/** What an analysis has besides the claims that netspace ships. */
export interface AnalysisOptions extends StepControl {
  /** Plugins whose claims are decided too. */
  readonly plugins?: readonly PluginModule[];
  /** What computes it, where it was started already. */
  readonly threads?: AnalysisThreads;
}

/**
 * Analyses what is trained of a run, all of it or a part, and writes what it finds.
 *
 * @throws InvalidInputError where nothing is trained, a file of the run is missing, edited or made from something else, or
 * a claim of the study is neither shipped nor of a plugin that is given.
 */
export async function analyseRun(run: Run, options: AnalysisOptions = {}): Promise<StudyFindings> {
  const { plugins = [], signal, threads, onEvent } = options;
  const drawn = readPopulationTexts(run);
  const read = readSources(run, options, drawn);
  const { compare, matched, claims } = run.content.study;
  const findings = await analyseInThreads(
    {
      sizes: run.arms.map(() => run.content.study.networks),
      populations: drawn.then(({ texts }) => texts),
      trained: read.then(({ trained }) => trainedText(run, trained)),
      fits: read.then(({ fits }) => fits.content),
      latencies: read.then(({ latencies }) => latencies),
      how: { compare, matched },
      decided: { claims, plugins: plugins.map(({ url }) => fileURLToPath(url)) },
    },
    { signal, threads },
  );
  await writeArtefact(run.folder.analysis, analysisKind, {
    made: madeFrom(run, await read, await claimsOf(plugins)),
    content: findings,
  });
  onEvent?.({ kind: 'analysed', findings });
  return findings;
}

function trainedText(run: Run, trained: readonly TrainedResult[]): TrainedText {
  const results = Object.entries(resultsByConditions(trained)).map(([key, own]) => [key, JSON.stringify(own)] as const);
  return {
    arms: armsOfRun(run).map(({ conditions = '', ...arm }) => ({ arm, results: conditions })),
    results: Object.fromEntries(results),
  };
}

/**
 * The analysis whose findings were written.
 *
 * @throws InvalidInputError where there are none, they were edited, or they were made from something else than the run has
 * now, as where trainings came after it: what differs, and the command that renews them.
 */
export async function readAnalysis(run: Run, options: AnalysisOptions = {}): Promise<StudyAnalysis> {
  const sources = await readSources(run, options);
  const made = madeFrom(run, sources, await claimsOf(options.plugins ?? []));
  const { content: findings } = await readMadeFrom(run.folder.analysis, analysisKind, made);
  const { analysisOf } = await import('@netspace/analysis');
  const { populations } = parsePopulations(sources.drawn);
  const fits = JSON.parse(sources.fits.content) as StudyResults['fits'];
  return analysisOf(findings, { arms: armResults(run, { populations, trained: sources.trained }), fits });
}

/** Content hash of each claim that a plugin brings, by name. */
export async function claimsOf(plugins: readonly PluginModule[]): Promise<Record<string, string>> {
  if (plugins.length === 0) return {};
  const { loadPlugins } = await import('@netspace/plugins');
  const loaded = await loadPlugins(
    plugins.map(({ url }) => fileURLToPath(url)),
    resolve('.'),
  );
  const names = Object.keys(loaded.extensions.claims);
  return Object.fromEntries(names.map((name) => [name, loaded.contentOf('claims', name)!]));
}
