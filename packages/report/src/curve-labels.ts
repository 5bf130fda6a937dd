import type { FigureStyle } from '@netspace/contracts';
import type { AxisScale } from './axis-scale.js';
import type { Layer } from './figure.js';

/** Where the curve of an arm ends, in the units of the axes. */
export interface CurveEnd {
  /** Its name. */
  readonly arm: string;
  readonly x: number;
  readonly y: number;
}

/** An axis as it is drawn. */
export interface DrawnAxis {
  readonly scale: AxisScale;
  /** Its length in pixels. */
  readonly length: number;
}

/** Begins the name of a layer that holds labels and no data. */
const layerName = 'curve-labels';

/** Size of a label's letters, and how wide one is at most, in pixels. */
const letter = { size: 11, width: 6.6 } as const;

/** Pixels from the plot to a label: the line that leads to it. */
const lead = 12;

/** Names that stand above a plot lean, so that they take little room side by side. */
const angle = 45;
const slope = Math.sin((angle * Math.PI) / 180);

/** Pixels from one label to the next: of those that stand side by side, and of those one below the other. */
const apart = { leaning: Math.ceil((letter.size + 2) / slope), level: letter.size + 2 } as const;

/**
 * The names of arms above a plot whose y axis is linear from 0 to 1, each at the end of a line to where its curve ends; none
 * where there is one arm, or no room for all.
 */
export function labelsAbove(ends: readonly CurveEnd[], x: DrawnAxis, height: number, style: FigureStyle): Layer[] {
  const places = spacedOut(
    ends.map((end) => pixelOf(end.x, x)),
    apart.leaning,
    x.length,
  );
  if (places === null) return [];
  const top = 1 + lead / height;
  const values = ends.map((end, index) => ({ ...end, labelX: valueOf(places[index]!, x), labelY: top }));
  return [labelLayer(values, style, { angle: -angle, dx: 3 })];
}

/** The names of arms at the right of a plot, each at the end of a line to where its curve ends; none where `labelsAbove` has none. */
export function labelsBeside(ends: readonly CurveEnd[], x: DrawnAxis, y: DrawnAxis, style: FigureStyle): Layer[] {
  const places = spacedOut(
    ends.map((end) => pixelOf(end.y, y)),
    apart.level,
    y.length,
  );
  if (places === null) return [];
  const right = valueOf(x.length + lead, x);
  const values = ends.map((end, index) => ({ ...end, labelX: right, labelY: valueOf(places[index]!, y) }));
  return [labelLayer(values, style, { angle: 0, dx: 3 })];
}

/** What a legend above a plot with labels above it says of its place: there is room for them between. */
export function legendAbove(ends: readonly CurveEnd[]): { readonly config?: object } {
  if (ends.length < 2) return {};
  const longest = Math.max(...ends.map(({ arm }) => arm.length));
  return { config: { legend: { offset: Math.ceil(lead + slope * (letter.width * longest + letter.size)) } } };
}

/**
 * A specification without its labels at curves and their room: on a phone there is none for them, and a table has no use
 * for them.
 */
export function withoutCurveLabels(spec: object): object {
  const { layer = [], config, ...others }: Labelled = spec;
  if (layer.every(({ name }) => name !== layerName)) return spec;
  const legend = Object.fromEntries(Object.entries(config?.legend ?? {}).filter(([key]) => key !== 'offset'));
  return { ...others, layer: layer.filter(({ name }) => name !== layerName), config: { ...config, legend } };
}

/** The parts of a specification that labels are in. */
interface Labelled {
  readonly layer?: readonly { readonly name?: string }[];
  readonly config?: { readonly legend?: object };
}

interface Label extends CurveEnd {
  readonly labelX: number;
  readonly labelY: number;
}

function labelLayer(
  labels: readonly Label[],
  { arms }: FigureStyle,
  mark: { readonly angle: number; readonly dx: number },
): Layer {
  const names = labels.map(({ arm }) => arm);
  const range = names.map((name) => arms[name]!.colour);
  const quantity = (field: keyof Label) => ({ field, type: 'quantitative' }) as const;
  const color = { field: 'arm', type: 'nominal', scale: { domain: names, range }, legend: null } as const;
  return {
    name: layerName,
    data: { values: [...labels] },
    resolve: { scale: { color: 'independent' } },
    layer: [
      {
        mark: { type: 'rule', strokeWidth: 1, opacity: 0.7 },
        encoding: { x: quantity('x'), x2: { field: 'labelX' }, y: quantity('y'), y2: { field: 'labelY' }, color },
      },
      {
        mark: { type: 'text', align: 'left', baseline: 'middle', fontSize: letter.size, limit: 0, ...mark },
        encoding: { x: quantity('labelX'), y: quantity('labelY'), text: { field: 'arm' }, color },
      },
    ],
  };
}

/**
 * Places as near to the wished ones as two passes find, in their order, so far apart and within the room; null where there
 * are fewer than two, or the room is too small.
 *
 * @param wished - Pixels, in any order.
 */
export function spacedOut(wished: readonly number[], distance: number, room: number): number[] | null {
  if (wished.length < 2 || (wished.length - 1) * distance > room) return null;
  const order = wished.map((_, index) => index).sort((a, b) => wished[a]! - wished[b]! || a - b);
  const places = [...wished];
  let least = 0;
  for (const index of order) {
    places[index] = Math.max(places[index]!, least);
    least = places[index] + distance;
  }
  let most = room;
  for (const index of order.reverse()) {
    places[index] = Math.min(places[index]!, most);
    most = places[index] - distance;
  }
  return places;
}

function pixelOf(value: number, { scale: { type, domain }, length }: DrawnAxis): number {
  const [low, high] = domain;
  return length * (type === 'log' ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low));
}

function valueOf(pixel: number, { scale: { type, domain }, length }: DrawnAxis): number {
  const [low, high] = domain;
  const share = pixel / length;
  return type === 'log' ? low * (high / low) ** share : low + share * (high - low);
}
