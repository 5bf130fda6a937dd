import { resolve } from 'node:path';
import { InvalidInputError } from '@netspace/contracts';
import { loadPlugins, type Plugins } from '@netspace/plugins';
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

/** Names the module of a figure that cannot be drawn. */
function withModule(error: unknown, { fileOf }: Plugins): unknown {
  if (!(error instanceof InvalidInputError) || error.input.file !== undefined) return error;
  const name = error.input.key?.replace(/^figures\./, '') ?? '';
  const file = fileOf('figures', name);
  return file === undefined ? error : new InvalidInputError({ ...error.input, file }, { cause: error });
}

/** In a thread: a figure of some thousand networks takes seconds, without a break. */
export async function compute({ plugins, ...described }: DrawnFrom): Promise<Drawn> {
  const loaded = await loadPlugins(plugins, resolve('.'));
  const figures = await drawFigures(described.analysis, { kinds: loaded.extensions.figures }).catch(
    (error: unknown) => {
      throw withModule(error, loaded);
    },
  );
  const page = renderReport({ ...described, figures });
  return { figures: figures.map(({ name, svg, spec }) => ({ name, svg, csv: figureCsv(spec) })), page };
}
