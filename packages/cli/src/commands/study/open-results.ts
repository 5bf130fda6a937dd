import { statSync } from 'node:fs';
import { InvalidInputError } from '@netspace/contracts';
import { defaultDirectory, openRun, openRunOf, type Run } from '@netspace/orchestrator/results';
import type { PluginModule } from '@netspace/plugins';
import type { Study, StudyOverrides } from '@netspace/study';
import { loadModules } from '../../plugins-option.js';
import type { FolderFlags, StudyFlags } from './study-flags.js';

/** Reads a study file with what the command line decides. */
export async function openStudy(file: string, { data, engine, require, plugin }: StudyFlags): Promise<Study> {
  const overrides: StudyOverrides = {
    plugins: plugin,
    ...(data === undefined ? {} : { data }),
    ...(engine === undefined ? {} : { engine }),
    ...(require === undefined ? {} : { instructionSet: instructionSetOf(require) }),
  };
  const { readStudy } = await import('@netspace/study');
  return readStudy(file, overrides);
}

/** @throws InvalidInputError where it is no requirement that netspace knows. */
function instructionSetOf(requirement: string): string {
  const [, name] = /^isa=(\w+)$/.exec(requirement) ?? [];
  if (name !== undefined) return name;
  const problem = `got ${JSON.stringify(requirement)}`;
  throw new InvalidInputError({ key: '--require', problem, expected: 'isa=NAME, as isa=avx2 or isa=avx512_256' });
}

/** The folder of a study's run. */
export function directoryOf(study: Pick<Study, 'name'>, { out }: FolderFlags): string {
  return out ?? defaultDirectory(study);
}

/** The results of a study, and what extends netspace there. */
export interface Results {
  readonly run: Run;
  readonly plugins: readonly PluginModule[];
}

/** Opens the results that a study file or the folder of a run names. */
export async function openResults(target: string, flags: FolderFlags): Promise<Results> {
  if (isFolder(target)) {
    const modules = flags.plugin.length === 0 ? [] : (await loadModules(flags.plugin)).modules;
    return { run: await openRun(target), plugins: modules };
  }
  const study = await openStudy(target, flags);
  return { run: await openRunOf(study, directoryOf(study, flags)), plugins: study.loaded.modules };
}

/** Whether it is the folder of a run, not the file of a study. */
export function isFolder(target: string): boolean {
  return statSync(target, { throwIfNoEntry: false })?.isDirectory() === true;
}
