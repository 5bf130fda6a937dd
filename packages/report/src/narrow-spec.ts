import type { TopLevelSpec } from 'vega-lite';

/** Width of a chart on a phone, in pixels, without its axis. */
const narrowWidth = 290;

/** A figure laid out for the width of a phone: a chart is narrower, panels stand in as many columns as fit. */
export function narrowSpec(spec: TopLevelSpec): TopLevelSpec {
  if ('concat' in spec) {
    const widths = spec.concat.map((panel) => ('width' in panel && typeof panel.width === 'number' ? panel.width : 0));
    return { ...spec, columns: Math.max(1, Math.round(narrowWidth / Math.max(...widths))) };
  }
  if ('width' in spec && typeof spec.width === 'number') return { ...spec, width: Math.min(spec.width, narrowWidth) };
  return spec;
}
