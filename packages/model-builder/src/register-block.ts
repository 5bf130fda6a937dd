import { blockRegistry } from './block-registry.js';
import type { BlockType } from './block-type.js';

/**
 * Makes a block type known under a name: every configuration may use it from then on, every engine train it, and its
 * complexity follows from its operations. The registration holds for the running process.
 *
 * @throws InvalidInputError where the name is taken.
 * @example
 * import { blockTypes, registerBlock } from '@netspace/model-builder';
 * registerBlock('depthwise', (builder, input, { width, stride }) => {
 *   const groups = builder.channelsOf(input);
 *   const x = builder.conv('a', input, groups, { kernel: 3, stride, groups });
 *   return builder.relu('b_af', builder.batchNorm('b_bn', builder.conv('b', x, width, { kernel: 1 })));
 * });
 * blockTypes().includes('depthwise'); // => true
 */
export function registerBlock(name: string, block: BlockType): void {
  blockRegistry.register(name, block);
}

/**
 * The names of the block types, in the order of registration.
 *
 * @example
 * import { blockTypes } from '@netspace/model-builder';
 * blockTypes(); // => ['x', 'y', 'r', 'basic', 'vanilla', 'v', 'vr', 'res_bottleneck_linear']
 */
export function blockTypes(): string[] {
  return blockRegistry.names();
}
