import * as vega from 'vega';
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

/** How Vega measures text; its type declarations leave it out. */
interface TextMetrics {
  /** Pixels that a line takes: `text`, or else the item's own. */
  width(item: { readonly text?: string }, text?: string): number;
  /** The font's size in pixels. */
  height(item: object): number;
}

// Without a canvas Vega takes a letter to be 0.8 of the font's size wide; in sans-serif fonts 0.6 is enough.
const { textMetrics } = vega as unknown as { readonly textMetrics: TextMetrics };
textMetrics.width = (item, text) => 0.6 * textMetrics.height(item) * (text ?? item.text ?? '').length;

/** A figure that warns is a figure that is wrong. */
const strict = vega.logger(vega.Warn, 'error', (_method, _level, messages) => {
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
  const view = new vega.View(vega.parse({ ...vegaSpec, background: 'transparent' }), {
    renderer: 'none',
    logger: strict,
  });
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
