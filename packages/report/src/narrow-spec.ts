import { withoutCurveLabels } from './curve-labels.js';

/** Width of a chart on a phone, in pixels, without its axis. */
const narrowWidth = 290;

/** The parts of a specification that decide how wide it is. */
interface Layout {
  readonly width?: unknown;
  readonly concat?: readonly { readonly width?: unknown }[];
  readonly config?: { readonly legend?: object };
}

/** A figure laid out for the width of a phone: a chart is narrower, panels and legends stand in as many columns as fit. */
export function narrowSpec(spec: object): object {
  const bare = withoutCurveLabels(spec);
  const { width, concat, config }: Layout = bare;
  const narrow = { ...bare, config: { ...config, legend: { ...config?.legend, columns: 1 } } };
  if (Array.isArray(concat)) return { ...narrow, columns: columnsOf(concat) };
  return typeof width === 'number' ? { ...narrow, width: Math.min(width, narrowWidth) } : narrow;
}

function columnsOf(panels: NonNullable<Layout['concat']>): number {
  const widths = panels.map(({ width }) => (typeof width === 'number' ? width : 0));
  return Math.max(1, Math.round(narrowWidth / Math.max(...widths)));
}
