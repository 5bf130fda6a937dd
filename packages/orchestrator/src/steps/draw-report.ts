import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StudyAnalysis } from '@netspace/contracts';
import type { PluginModule } from '@netspace/plugins';
import { keepOnly, readRecords, type RunFolder, writeFileWhole } from '@netspace/run-store';
import type { FigureFormat } from '../figure-formats.js';
import type { StepControl } from '../pipeline-event.js';
import type { Run } from '../run.js';
import { studyFacts } from '../study-facts.js';
import type { Drawn, DrawnFrom } from '../threads/compute-report.js';
import { inThread } from '../threads/in-thread.js';
import { readAnalysis } from './analyse-run.js';

/** What a report has besides netspace's own. */
export interface ReportOptions extends StepControl {
  /** Plugins whose figures are drawn, and whose claims are decided, too. */
  readonly plugins?: readonly PluginModule[];
  /** A folder in which each figure is written besides, in each of the formats. */
  readonly figures?: { readonly directory: string; readonly formats: readonly FigureFormat[] };
}

/**
 * Draws the figures of a run's analysis and writes the report page, with each figure as a file beside it.
 *
 * @returns The analysis.
 * @throws InvalidInputError where there is no analysis, or it is not of the run's results as they are now.
 */
export async function drawReport(run: Run, options: ReportOptions = {}): Promise<StudyAnalysis> {
  const { folder, content } = run;
  const { plugins = [], signal } = options;
  const analysis = await readAnalysis(run, { plugins, ...(signal === undefined ? {} : { signal }) });
  const { records } = await readRecords(folder);
  await writeReport(
    folder,
    { title: content.study.name, facts: studyFacts(run, records), study: content.study, analysis },
    options,
  );
  return analysis;
}

/** Draws and writes the figures of an analysis, and the page that holds them; figures of a former report are removed. */
export async function writeReport(
  folder: RunFolder,
  described: Omit<DrawnFrom, 'plugins' | 'formats'>,
  { plugins = [], figures: wanted, signal, onEvent }: ReportOptions,
): Promise<void> {
  const drawn: DrawnFrom = {
    ...described,
    plugins: plugins.map(({ url }) => fileURLToPath(url)),
    formats: wanted?.formats ?? [],
  };
  const { figures, page } = await inThread<Drawn>(
    new URL('../threads/compute-report.js', import.meta.url),
    { drawn },
    { signal, onProgress: (progress) => onEvent?.({ kind: 'drawing', ...progress }) },
  );
  for (const { name, svg, files } of figures) {
    await writeFileWhole(folder.figure(name), svg);
    onEvent?.({ kind: 'drawn', name, file: folder.figure(name) });
    for (const { format, content } of files)
      await writeFileWhole(join(wanted!.directory, `${name}.${format}`), content);
  }
  await keepOnly(
    folder.figures,
    figures.map(({ name }) => folder.figure(name)),
  );
  await writeFileWhole(folder.report, page);
  onEvent?.({ kind: 'drawn', name: 'report', file: folder.report });
}
