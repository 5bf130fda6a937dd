/** How values are laid out along an axis. */
export interface AxisScale {
  readonly type: 'linear' | 'log';
  readonly domain: readonly [low: number, high: number];
}

/** An axis is logarithmic only where its largest value is at least so many times its smallest. */
const logarithmicSpan = 4;

/** Room at each end of an axis, as a share of its span. */
const margin = 0.04;

/**
 * The scale on which values spread best: logarithmic where they are positive, span a factor of at least 4, and their
 * median lies nearer to the middle than on a linear scale.
 *
 * @param values - At least one.
 */
export function axisScale(values: readonly number[]): AxisScale {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const median = medianOf(values);
  const isLog =
    low > 0 &&
    high / low >= logarithmicSpan &&
    offCentre(Math.log(low), Math.log(median), Math.log(high)) < offCentre(low, median, high);
  if (isLog) return logarithmicScale(values);
  const [start, end] = widen(low, high);
  return { type: 'linear', domain: [low >= 0 ? Math.max(0, start) : start, end] };
}

/** A logarithmic scale for values above 0, of which there is at least one. */
export function logarithmicScale(values: readonly number[]): AxisScale {
  const [start, end] = widen(Math.log(Math.min(...values)), Math.log(Math.max(...values)));
  return { type: 'log', domain: [Math.exp(start), Math.exp(end)] };
}

/** @param values - At least one. */
export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}

function offCentre(low: number, median: number, high: number): number {
  return Math.abs((median - low) / (high - low) - 0.5);
}

function widen(low: number, high: number): [number, number] {
  const room = low === high ? Math.max(1, Math.abs(low)) / 10 : margin * (high - low);
  return [low - room, high + room];
}

/** Most values that are marked one by one on an axis. */
const fewValues = 7;

/**
 * Where an axis is marked: at the values themselves where they are few whole numbers of at most
 * four digits, at 1, 2, 5, 10, ... or the like on a
 * logarithmic axis; undefined: where the chart library thinks best.
 */
export function axisTicks(values: readonly number[], { type, domain }: AxisScale): number[] | undefined {
  const distinct = [...new Set(values)].sort((a, b) => a - b);
  const isRoomy = type === 'log' || distinct.at(-1)! - distinct[0]! < 2 * fewValues;
  const isShort = distinct.every((value) => Number.isInteger(value) && Math.abs(value) < 10_000);
  if (distinct.length <= fewValues && isShort && isRoomy) return distinct;
  if (type === 'linear') return undefined;
  return tickDigits
    .map((digits) => ticksOf(digits, domain))
    .find((ticks) => ticks.length >= 3 && ticks.length <= fewValues);
}

/** Leading digits of the ticks of a logarithmic axis, in the order of preference. */
const tickDigits = [[1, 2, 5], [1, 1.5, 2, 3, 5, 7], [1]] as const;

function ticksOf(digits: readonly number[], [low, high]: AxisScale['domain']): number[] {
  const first = Math.floor(Math.log10(low));
  const decades = Array.from({ length: Math.ceil(Math.log10(high)) - first + 1 }, (_, index) => first + index);
  return decades
    .flatMap((decade) => digits.map((digit) => Number(`${digit}e${decade}`)))
    .filter((tick) => tick >= low && tick <= high);
}
