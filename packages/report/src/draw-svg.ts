import * as vega from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { ink } from './ink.js';

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
  throw new Error(messages.join(' '));
});

/** A figure holds its data: nothing is read from a file or an address, and nothing links to one. */
const refuseAddress = (address: string): Promise<never> =>
  Promise.reject(new Error(`a figure holds its data and links to nothing, but this one names ${address}`));
const loader = { load: refuseAddress, sanitize: refuseAddress, http: refuseAddress, file: refuseAddress };

/**
 * Draws a Vega-Lite specification as an SVG document, without a browser.
 *
 * @param spec - Stays as it is: Vega marks the data it is given, so it gets a copy.
 * @param name - Begins the ids in the document, so that those of several differ.
 * @throws Error where Vega or Vega-Lite warn, and where the specification names an address.
 */
export async function drawSvg(spec: object, name: string): Promise<string> {
  const { spec: vegaSpec } = compile(structuredClone(spec) as TopLevelSpec, { config: theme, logger: strict });
  const view = new vega.View(vega.parse({ ...vegaSpec, background: 'transparent' }), {
    renderer: 'none',
    logger: strict,
    loader,
  });
  try {
    return renameIds(roundCoordinates(await view.toSVG()), name);
  } finally {
    view.finalize();
  }
}

/** Coordinates to a hundredth of a pixel. */
function roundCoordinates(svg: string): string {
  return svg.replace(/ (d|transform|x|y|x1|x2|y1|y2|width|height)="([^"]*)"/g, (_, name: string, value: string) => {
    const rounded = value.replace(/-?\d+\.\d{3,}/g, (digits) => String(Number(Number(digits).toFixed(2))));
    return ` ${name}="${rounded}"`;
  });
}

/** Ids counted from 0 in each document; Vega counts on from one to the next. */
function renameIds(svg: string, name: string): string {
  const ids = [...svg.matchAll(/ id="([^"]*)"/g)].map((match) => match[1]!);
  return svg.replace(
    /( id="|url\(#)([^")]*)/g,
    (_, before: string, id: string) => `${before}${name}-${ids.indexOf(id)}`,
  );
}
