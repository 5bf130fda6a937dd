/**
 * Rounds to the nearest integer, halves to the even one: the `round` of Python and NumPy, where `Math.round` would round
 * halves up.
 *
 * @example
 * import { roundHalfEven } from '@netspace/quantized-linear';
 * [0.5, 1.5, 2.5, 2.51].map(roundHalfEven); // => [0, 2, 2, 3]
 */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return rest < 0.5 ? floor : floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}
