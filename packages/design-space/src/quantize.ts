/**
 * Multiples of a quantum as the decimal numbers that people write: 253 steps of 0.1 are 25.3, not 25.300000000000001.
 *
 * @param quantum - > 0; at most 15 decimals.
 * @returns The function from a whole number of steps to their multiple.
 */
export function multiplesOf(quantum: number): (steps: number) => number {
  const scale = decimalScale(quantum);
  const units = Math.round(quantum * scale);
  return (steps) => (steps * units) / scale;
}

/** Whether a number is a whole number of quanta, to the precision of float64. */
export function isMultiple(value: number, quantum: number): boolean {
  const steps = value / quantum;
  return Math.abs(steps - Math.round(steps)) <= 1e-9 * Math.abs(steps);
}

/** The smallest power of ten that makes the quantum a whole number. */
function decimalScale(quantum: number): number {
  let scale = 1;
  while (scale < 1e15 && !isMultiple(quantum * scale, 1)) scale *= 10;
  return scale;
}
