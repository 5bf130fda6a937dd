import type { CompileOptions } from './engine.js';
import { InvalidInputError } from './invalid-input-error.js';

/**
 * For engines that compute and keep all in float32.
 *
 * @throws InvalidInputError where the options ask for another precision or storage, naming the key.
 * @example
 * import { requireFloat32 } from '@netspace/contracts';
 * requireFloat32({ precision: 'float32' });
 */
export function requireFloat32(options: Pick<CompileOptions, 'precision' | 'storage'>): void {
  for (const key of ['precision', 'storage'] as const) {
    const asked = options[key] ?? 'float32';
    if (asked === 'float32') continue;
    const problem = `got ${asked}, which this engine does not have`;
    throw new InvalidInputError({ key: `options.${key}`, problem, expected: 'float32' });
  }
}
