import { resolve } from 'node:path';
import { InvalidInputError } from '@netspace/contracts';
import { loadPlugins, type Plugins } from '@netspace/plugins';
import { drawFigures, type Figure, figureCsv, renderReport, type ReportInput } from '@netspace/report';
import { figurePdf } from '@netspace/report/pdf';
import type { FigureFormat } from '../figure-formats.js';
import type { InParts, ThreadProgress } from './in-thread.js';

/** What a report is drawn from. */
export interface DrawnFrom extends Omit<ReportInput, 'figures'> {
  /** Absolute paths of the plugins' modules. */
  readonly plugins: readonly string[];
  /** How each figure is written besides. */
  readonly formats: readonly FigureFormat[];
}

/** A figure in the formats that were asked for. */
interface DrawnFigure extends Pick<Figure, 'name' | 'svg'> {
  readonly files: readonly { readonly format: FigureFormat; readonly content: string | Uint8Array }[];
}

/** A report as text. */
export interface Drawn {
  readonly figures: readonly DrawnFigure[];
  /** The page. */
  readonly page: string;
}

/** Names the module of a figure that cannot be drawn. */
function withModule(error: unknown, { fileOf }: Plugins): unknown {
  if (!(error instanceof InvalidInputError) || error.input.file !== undefined) return error;
  const name = error.input.key?.replace(/^figures\./, '') ?? '';
  const file = fileOf('figures', name);
  return file === undefined ? error : new InvalidInputError({ ...error.input, file }, { cause: error });
}

/** In a thread: a figure of some thousand networks takes seconds, without a break. */
export async function compute(
  { drawn: from }: InParts<{ readonly drawn: DrawnFrom }>,
  onProgress: (progress: ThreadProgress) => void,
): Promise<Drawn> {
  const { plugins, formats, ...described } = await from;
  const loaded = await loadPlugins(plugins, resolve('.'));
  const figures = await drawFigures(described.analysis, {
    kinds: loaded.extensions.figures,
    onFigure: (_, done, total) => onProgress({ done, total }),
  }).catch((error: unknown) => {
    throw withModule(error, loaded);
  });
  const page = renderReport({ ...described, figures });
  const drawn: DrawnFigure[] = [];
  for (const figure of figures) {
    const { name, svg } = figure;
    const files = formats.map(async (format) => ({ format, content: await contentOf(figure, format) }));
    drawn.push({ name, svg, files: await Promise.all(files) });
  }
  return { figures: drawn, page };
}

function contentOf({ svg, spec }: Figure, format: FigureFormat): string | Promise<Uint8Array> {
  switch (format) {
    case 'svg':
      return svg;
    case 'csv':
      return figureCsv(spec);
    case 'pdf':
      return figurePdf(svg);
  }
}
