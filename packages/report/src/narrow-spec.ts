import { withoutCurveLabels } from './curve-labels.js';

/** Width of a chart on a phone, in pixels, without its axis. */
const narrowWidth = 290;

/** Entries of a legend side by side on a phone. */
export const narrowLegend = 1;

/** The parts of a specification that decide how wide a chart is. */
interface Layout {
  readonly width?: unknown;
  readonly config?: { readonly legend?: object };
}

/** A chart laid out for the width of a phone: it is narrower, and so is its legend. */
export function narrowSpec(spec: object): object {
  const bare = withoutCurveLabels(spec);
  const { width, config }: Layout = bare;
  const narrow = { ...bare, config: { ...config, legend: { ...config?.legend, columns: narrowLegend } } };
  return typeof width === 'number' ? { ...narrow, width: Math.min(width, narrowWidth) } : narrow;
}

/** How many panels fit side by side on a phone. */
export function narrowColumns(panels: readonly { readonly width?: unknown }[]): number {
  const widths = panels.map(({ width }) => (typeof width === 'number' ? width : 0));
  return Math.max(1, Math.round(narrowWidth / Math.max(...widths)));
}
