import { stemRegistry } from './stem-registry.js';
import type { StemType } from './stem-type.js';

/**
 * Makes a stem type known under a name, for the running process.
 *
 * @throws InvalidInputError where the name is taken.
 * @example
 * import { registerStem, stemTypes } from '@netspace/model-builder';
 * registerStem('patchify_stem', (builder, images, width) =>
 *   builder.batchNorm('bn', builder.conv('conv', images, width, { kernel: 5, stride: 4 })),
 * );
 * stemTypes().includes('patchify_stem'); // => true
 */
export function registerStem(name: string, stem: StemType): void {
  stemRegistry.register(name, stem);
}

/**
 * The names of the stem types, in the order of registration.
 *
 * @example
 * import { stemTypes } from '@netspace/model-builder';
 * stemTypes(); // => ['res_stem_cifar', 'simple_stem_in', 'res_stem_in']
 */
export function stemTypes(): string[] {
  return stemRegistry.names();
}
