import { resolve } from 'node:path';
import { loadPlugins } from '@netspace/plugins';
import { drawFigures, type Figure, figureCsv, renderReport, type ReportInput } from '@netspace/report';

/** What a report is drawn from. */
export interface DrawnFrom extends Omit<ReportInput, 'figures'> {
  /** Absolute paths of the plugins' modules. */
  readonly plugins: readonly string[];
}

/** A report as text. */
export interface Drawn {
  readonly figures: readonly (Pick<Figure, 'name' | 'svg'> & { readonly csv: string })[];
  /** The page. */
  readonly page: string;
}

/** In a thread: a figure of some thousand networks takes seconds, without a break. */
export async function compute({ plugins, ...described }: DrawnFrom): Promise<Drawn> {
  const { extensions } = await loadPlugins(plugins, resolve('.'));
  const figures = await drawFigures(described.analysis, { kinds: extensions.figures });
  const page = renderReport({ ...described, figures });
  return { figures: figures.map(({ name, svg, spec }) => ({ name, svg, csv: figureCsv(spec) })), page };
}
