import type { FigureKind } from '@netspace/contracts';
import { drawFigures, renderReport } from '@netspace/report';
import { readRecords, writeFileWhole } from '@netspace/run-store';
import type { StepControl } from '../pipeline-event.js';
import type { Run } from '../run.js';
import { studyFacts } from '../study-facts.js';
import { readAnalysis } from './analyse-run.js';

/** What a report has besides netspace's own. */
export interface ReportOptions extends StepControl {
  /** Figures of plugins. */
  readonly kinds?: Readonly<Record<string, FigureKind>>;
}

/**
 * Draws the figures of a run's analysis and writes the report page, with each figure as a file beside it.
 *
 * @throws InvalidInputError where there is no analysis, or it is not of the run's results as they are now.
 */
export async function drawReport(run: Run, { kinds, signal, onEvent }: ReportOptions = {}): Promise<void> {
  const { folder, content } = run;
  const analysis = await readAnalysis(run, signal === undefined ? {} : { signal });
  const { records } = await readRecords(folder);
  const figures = await drawFigures(analysis, {
    ...(kinds === undefined ? {} : { kinds }),
    ...(signal === undefined ? {} : { signal }),
  });
  for (const { name, svg } of figures) {
    await writeFileWhole(folder.figure(name), svg);
    onEvent?.({ kind: 'drawn', name, file: folder.figure(name) });
  }
  const page = renderReport({ title: content.study.name, facts: studyFacts(run, records), analysis, figures });
  await writeFileWhole(folder.report, page);
  onEvent?.({ kind: 'drawn', name: 'report', file: folder.report });
}
