/** An error as text: `12.34 %`. */
export function percent(value: number): string {
  return `${value.toFixed(2)} %`;
}

/** A share in [0, 1] as text, to three significant digits: `0.0123 %`. */
export function sharePercent(share: number): string {
  return `${Number((100 * share).toPrecision(3))} %`;
}

const units = [
  ['G', 1e9],
  ['M', 1e6],
  ['k', 1e3],
  ['', 1],
] as const;

/** A number to three significant digits, large ones with a unit: `4.21M`. */
export function compact(value: number): string {
  const rounded = Number(value.toPrecision(3));
  const [unit, size] = units.find(([, size]) => Math.abs(rounded) >= size) ?? ['', 1];
  return `${Number((rounded / size).toPrecision(3))}${unit}`;
}

/** A probability as text: three decimals, and powers of ten below a thousandth. */
export function probability(p: number): string {
  return p >= 0.001 ? p.toFixed(3) : p.toExponential(1);
}

/** A correlation as text: two decimals, with a minus sign where it is negative. */
export function signed(value: number): string {
  const rounded = Number(value.toFixed(2));
  return `${rounded < 0 ? '−' : ''}${Math.abs(rounded).toFixed(2)}`;
}

/** A duration as text: `4.2 s`, `3 min 20 s`. */
export function duration(seconds: number): string {
  if (seconds < 60) return `${Number(seconds.toPrecision(2))} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
