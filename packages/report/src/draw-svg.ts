import * as vega from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { compactSvg } from './compact-svg.js';
import { ink } from './ink.js';

/** How figures look, beside what they say themselves. */
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
  legend: { labelColor: ink, titleColor: ink, labelFontSize: 12, titleFontSize: 12, labelLimit: 0, columns: 3 },
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

/**
 * Draws a Vega-Lite specification as an SVG document, without a browser.
 *
 * A figure that warns is a figure that is wrong; and a figure holds its data: nothing is read from a file or an address,
 * and nothing links to one.
 *
 * @param spec - Stays as it is: Vega marks the data it is given, so it gets a copy.
 * @param name - Begins the ids in the document, so that those of several differ.
 * @throws Error where Vega or Vega-Lite warn, and where the specification names an address.
 */
export async function drawSvg(spec: object, name: string): Promise<string> {
  const drawing = new Drawing(spec);
  try {
    return await drawing.svg(name);
  } finally {
    drawing.close();
  }
}

/** A specification of panels that stand in a grid. */
export interface PanelSpec {
  readonly concat: readonly object[];
  readonly columns?: number;
  readonly config?: { readonly legend?: { readonly columns?: number } };
}

/** Panels, and entries of a legend, that stand side by side. */
export interface Columns {
  readonly panels: number;
  readonly legend: number;
}

/**
 * Draws panels as {@link drawSvg} does, and once more in other columns: what is in the panels is computed once.
 *
 * @param names - Of the two documents.
 */
export async function drawPanels(
  spec: PanelSpec,
  names: readonly [wide: string, other: string],
  other: Columns,
): Promise<[wide: string, other: string]> {
  const { columns = spec.concat.length, config } = spec;
  const wide = { panels: columns, legend: config?.legend?.columns ?? theme.legend.columns };
  const legend = { ...config?.legend, columns: { signal: signals.legend } };
  const drawing = new Drawing({ ...spec, config: { ...config, legend } }, (compiled) => inColumns(compiled, wide));
  try {
    const drawn = await drawing.svg(names[0]);
    drawing.layOut(other);
    return [drawn, await drawing.svg(names[1])];
  } finally {
    drawing.close();
  }
}

/** The names of signals by which Vega knows how many columns there are. */
const signals: Readonly<Record<keyof Columns, string>> = {
  panels: 'netspacePanelColumns',
  legend: 'netspaceLegendColumns',
};

function inColumns(spec: vega.Spec, { panels, legend }: Columns): vega.Spec {
  return {
    ...spec,
    signals: [
      ...(spec.signals ?? []),
      { name: signals.panels, value: panels },
      { name: signals.legend, value: legend },
    ],
    layout: { ...spec.layout, columns: { signal: signals.panels } },
  };
}

/** A specification as Vega draws it. */
class Drawing {
  private readonly problems: string[] = [];
  private readonly view: vega.View;

  constructor(spec: object, change = (compiled: vega.Spec): vega.Spec => compiled) {
    const { problems } = this;
    const logger = vega.logger(vega.Warn, 'error', (_method, _level, messages) => problems.push(messages.join(' ')));
    const compiled = compile(structuredClone(spec) as TopLevelSpec, { config: theme, logger }).spec;
    this.view = new vega.View(vega.parse(change({ ...compiled, background: 'transparent' })), {
      renderer: 'none',
      logger,
      loader: refusingLoader(problems),
    });
  }

  async svg(name: string): Promise<string> {
    const svg = await this.view.toSVG();
    // Vega goes on where it warns, and an error thrown to it there would be lost.
    if (this.problems.length > 0) throw new Error(this.problems[0]);
    return compactSvg(renameIds(roundCoordinates(svg), name), name);
  }

  layOut({ panels, legend }: Columns): void {
    this.view.resize().signal(signals.panels, panels).signal(signals.legend, legend);
  }

  close(): void {
    this.view.finalize();
  }
}

/** A loader that loads nothing, and says so among `problems`. */
function refusingLoader(problems: string[]): vega.Loader {
  const refuse = (address: string): Promise<never> => {
    problems.push(`a figure holds its data and links to nothing, but this one names ${address}`);
    return Promise.reject(new Error(address));
  };
  return { load: refuse, sanitize: refuse, http: refuse, file: refuse };
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
