import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ArmResults } from '@netspace/analysis';
import { type ImportedArm, type ImportedStudy, InvalidInputError, type StudyAnalysis } from '@netspace/contracts';
import type { Fact } from '@netspace/report';
import { analysisKind, importKind, RunFolder, writeArtefact } from '@netspace/run-store';
import { version } from '../version.js';
import { analyseInThreads } from '../threads/analyse-in-threads.js';
import { textOf } from '../threads/results-text.js';
import { claimsOf } from './analyse-run.js';
import { type ReportOptions, writeReport } from './draw-report.js';

/** Where the results of an import go, and what they came from. */
export interface ImportOptions extends ReportOptions {
  /** The folder; what a former import wrote there is written anew. */
  readonly directory: string;
  /** Hash of each file that was read, by its name. */
  readonly sources: Readonly<Record<string, string>>;
}

/** What an import wrote. */
export interface Imported {
  readonly folder: RunFolder;
  readonly analysis: StudyAnalysis;
}

/**
 * Keeps populations that were trained elsewhere, analyses them and draws their report, as those of a run.
 *
 * @throws InvalidInputError where the folder holds a run, or a file cannot be written.
 * @example
 * import { mkdtempSync } from 'node:fs';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { importStudy } from '@netspace/orchestrator';
 * const complexity = { flops: 4e6, params: 2e4, acts: 1e5 };
 * const networks = ['a', 'b'].map((id, index) => ({ id, index, config: null, complexity, parameters: {} }));
 * const results = networks.map((network, index) => ({
 *   network, replicate: 0, status: 'completed' as const, error: 10 + index, validationError: null, epochs: [], seconds: 1,
 * }));
 * const arm = { name: 'mine', setting: 'base', space: 'mine', networks, results };
 * const study = { name: 'elsewhere', origin: 'my sweep', compare: 'first' as const, matched: false, arms: [arm] };
 * const directory = mkdtempSync(join(tmpdir(), 'import-'));
 * const { analysis } = await importStudy(study, { directory, sources: {} });
 * analysis.arms[0]?.errors?.mean; // => 10.5
 */
export async function importStudy(imported: ImportedStudy, options: ImportOptions): Promise<Imported> {
  const { directory, sources, plugins = [], signal, onEvent } = options;
  const study = { ...imported, arms: imported.arms.map(withIds) };
  const folder = new RunFolder(directory);
  if (existsSync(folder.run)) {
    const problem = 'holds a run of a study';
    throw new InvalidInputError({ file: directory, problem, expected: 'another folder' });
  }
  const hash = await writeArtefact(folder.imported, importKind, { made: { sources }, content: study });
  const { analysisOf, fitPopulation } = await import('@netspace/analysis');
  const networks = study.arms.flatMap((arm) => arm.networks);
  const results = {
    arms: study.arms.map(armResults),
    fits: await fitPopulation(networks, signal === undefined ? {} : { signal }),
  };
  const findings = await analyseInThreads(
    {
      ...{ ...textOf(results.arms), fits: JSON.stringify(results.fits), latencies: [] },
      how: { compare: study.compare, matched: study.matched },
      decided: { claims: 'all', plugins: plugins.map(({ url }) => fileURLToPath(url)) },
    },
    { signal },
  );
  const made = { import: hash, pluginClaims: await claimsOf(plugins) };
  await writeArtefact(folder.analysis, analysisKind, { made, content: findings });
  onEvent?.({ kind: 'analysed', findings });
  const analysis = analysisOf(findings, results);
  await writeReport(folder, { title: study.name, facts: factsOf(study, sources), study: null, analysis }, options);
  return { folder, analysis };
}

/** An arm whose results name their networks, whatever else they hold of them. */
function withIds({ results, ...arm }: ImportedArm): ImportedArm {
  return { ...arm, results: results.map((result) => ({ ...result, network: { id: result.network.id } })) };
}

function armResults({ name, setting, space, networks, results }: ImportedArm): ArmResults {
  return {
    ...{ name, setting, records: results, replicates: 'as recorded' },
    population: { space, regime: {}, seed: 1, networks, sampling: null },
    ...{ chanceLoss: null, degreesOfFreedom: null, size: null },
  };
}

function factsOf({ origin, arms }: ImportedStudy, sources: ImportOptions['sources']): Fact[] {
  const networks = arms.reduce((sum, arm) => sum + arm.networks.length, 0);
  return [
    { label: 'Trained', value: `elsewhere, read from ${origin}: ${Object.keys(sources).join(', ')}` },
    { label: 'Networks', value: String(networks) },
    { label: 'Read by', value: `netspace ${version()}` },
  ];
}
