import { logger as createLogger, parse, View, Warn } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { ink } from './palette.js';

const theme = {
  aria: false,
  font: 'system-ui, sans-serif',
  view: { stroke: null },
  axis: {
    labelColor: ink,
    titleColor: ink,
    domainColor: ink,
    tickColor: ink,
    gridColor: ink,
    domainOpacity: 0.5,
    tickOpacity: 0.5,
    gridOpacity: 0.12,
    labelFontSize: 11,
    titleFontSize: 11.5,
    titleFontWeight: 'normal',
  },
  legend: { labelColor: ink, titleColor: ink, labelFontSize: 12, titleFontSize: 12, labelLimit: 0 },
  title: {
    color: ink,
    subtitleColor: ink,
    fontSize: 12,
    subtitleFontSize: 11,
    fontWeight: 'bold',
    anchor: 'start',
    offset: 6,
  },
} as const;

/** A figure that warns is a figure that is wrong. */
const strict = createLogger(Warn, 'error', (_method, _level, messages) => {
  throw new Error(`drawSvg: ${messages.join(' ')}`);
});

/**
 * Draws a Vega-Lite specification as an SVG document, without a browser.
 *
 * @param spec - Stays as it is: Vega marks the data it is given, so it gets a copy.
 * @throws Error where Vega or Vega-Lite warn.
 */
export async function drawSvg(spec: TopLevelSpec): Promise<string> {
  const { spec: vegaSpec } = compile(structuredClone(spec), { config: theme, logger: strict });
  const view = new View(parse({ ...vegaSpec, background: 'transparent' }), { renderer: 'none', logger: strict });
  const svg = await view.toSVG();
  view.finalize();
  return roundCoordinates(svg);
}

/** Coordinates to a hundredth of a pixel. */
function roundCoordinates(svg: string): string {
  return svg.replace(/ (d|transform|x|y|x1|x2|y1|y2|width|height)="([^"]*)"/g, (_, name: string, value: string) => {
    const rounded = value.replace(/-?\d+\.\d{3,}/g, (digits) => String(Number(Number(digits).toFixed(2))));
    return ` ${name}="${rounded}"`;
  });
}
