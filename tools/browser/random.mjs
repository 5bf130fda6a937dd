import { openRandom, shuffle } from '@netspace/random';

/** The first draws of this stream in version 0.1.0. */
export const expected = [
  0.8979673494215771,
  -0.0009196094545928997,
  0.6341490350364778,
  0.1920524368833455,
  -0.49797445135696994,
  [4, 5, 6, 7, 8, 2, 1, 3],
];

export function compute() {
  const random = openRandom(7, 'network', 12);
  const draws = Array.from({ length: 5 }, () => random.normal());
  return [...draws, shuffle([1, 2, 3, 4, 5, 6, 7, 8], random)];
}
