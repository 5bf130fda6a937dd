import { InvalidInputError } from '@netspace/contracts';

/** A shape as messages show it. */
export function shapeText(channels: number, size: number): string {
  return `[${channels}, ${size}, ${size}]`;
}

/**
 * The error of an operation in a block or stem. Its key is the layer's name there, none for the block's own output: who
 * runs the block adds the rest of the place.
 */
export function layerError(layer: string | undefined, problem: string, expected: string): InvalidInputError {
  return new InvalidInputError({ ...(layer === undefined ? {} : { key: layer }), problem, expected });
}

/** @throws InvalidInputError where a convolution's groups do not divide its channels. */
export function requireGroups(layer: string, input: number, output: number, groups: number): void {
  if (input % groups === 0 && output % groups === 0) return;
  const problem = `got ${groups} groups for ${input} input and ${output} output channels`;
  throw layerError(layer, problem, 'a divisor of both');
}
