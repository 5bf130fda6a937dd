/**
 * An error as text.
 *
 * @param value - Per cent.
 * @example
 * import { formatPercent } from '@netspace/formats';
 * formatPercent(12.345); // => '12.35 %'
 */
export function formatPercent(value: number): string {
  return `${value.toFixed(2)} %`;
}

/**
 * A share as text, to three significant digits.
 *
 * @param share - In [0, 1].
 * @example
 * import { formatShare } from '@netspace/formats';
 * formatShare(0.000123); // => '0.0123 %'
 */
export function formatShare(share: number): string {
  return `${Number((100 * share).toPrecision(3))} %`;
}

const units = [
  ['P', 1e15],
  ['T', 1e12],
  ['G', 1e9],
  ['M', 1e6],
  ['k', 1e3],
  ['', 1],
] as const;

/**
 * A number to three significant digits, large ones with the unit of a power of a thousand, k to P.
 *
 * @example
 * import { formatCount } from '@netspace/formats';
 * formatCount(4_210_000); // => '4.21M'
 */
export function formatCount(value: number): string {
  const rounded = Number(value.toPrecision(3));
  const [unit, size] = units.find(([, size]) => Math.abs(rounded) >= size) ?? ['', 1];
  return `${Number((rounded / size).toPrecision(3))}${unit}`;
}

/**
 * A probability as text: three decimals, and powers of ten below a thousandth.
 *
 * @example
 * import { formatProbability } from '@netspace/formats';
 * formatProbability(0.00002); // => '2.0e-5'
 */
export function formatProbability(p: number): string {
  return p >= 0.001 ? p.toFixed(3) : p.toExponential(1);
}

/**
 * A signed number as text, such as a correlation: two decimals, with a minus sign where it is negative.
 *
 * @example
 * import { formatSigned } from '@netspace/formats';
 * formatSigned(-0.456); // => '−0.46'
 */
export function formatSigned(value: number): string {
  const rounded = Number(value.toFixed(2));
  return `${rounded < 0 ? '−' : ''}${Math.abs(rounded).toFixed(2)}`;
}

/**
 * Bytes as whole megabytes (10^6 bytes), rounded up.
 *
 * @example
 * import { formatMegabytes } from '@netspace/formats';
 * formatMegabytes(1_000_001); // => '2 MB'
 */
export function formatMegabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1e6)} MB`;
}
