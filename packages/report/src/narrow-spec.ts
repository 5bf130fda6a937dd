/** Width of a chart on a phone, in pixels, without its axis. */
const narrowWidth = 290;

/** The parts of a specification that decide how wide it is. */
interface Layout {
  readonly width?: unknown;
  readonly concat?: readonly { readonly width?: unknown }[];
}

/** A figure laid out for the width of a phone: a chart is narrower, panels stand in as many columns as fit. */
export function narrowSpec(spec: object): object {
  const { width, concat }: Layout = spec;
  if (Array.isArray(concat)) {
    const widths = concat.map((panel: { width?: unknown }) => (typeof panel.width === 'number' ? panel.width : 0));
    return { ...spec, columns: Math.max(1, Math.round(narrowWidth / Math.max(...widths))) };
  }
  return typeof width === 'number' ? { ...spec, width: Math.min(width, narrowWidth) } : spec;
}
