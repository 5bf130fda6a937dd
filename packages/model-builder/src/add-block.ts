import type { Activation, BlockOptions, BlockType, StemType } from '@netspace/contracts';
import type { GraphBuilder } from './graph-builder.js';
import { strided } from './strided.js';

/**
 * Adds one block behind `input` to a graph.
 *
 * @throws whatever the block throws; InvalidInputError where its output has another shape than its options say.
 */
export function addBlock(
  builder: GraphBuilder,
  block: BlockType,
  input: Activation,
  options: BlockOptions,
): Activation {
  const output = block(builder, input, options);
  builder.requireOutput(output, options.width, strided(builder.sizeOf(input), options.stride));
  return output;
}

/** Adds a stem behind the images; as {@link addBlock}. */
export function addStem(builder: GraphBuilder, stem: StemType, images: Activation, width: number): Activation {
  const output = stem(builder, images, width);
  builder.requireOutput(output, width);
  return output;
}
