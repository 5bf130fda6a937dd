import type { Architecture, BlockOptions, BlockType, StemType } from '@netspace/contracts';
import { GraphBuilder } from './graph-builder.js';
import { addBlock, addStem } from './add-block.js';

/**
 * Checks block and stem types by building each: blocks behind 64 channels at widths 64 and 96 and strides 1 and 2, with and
 * without bottleneck and squeeze-excitation; stems at widths 32 and 48, behind grey and colour images.
 *
 * The output must have the width, and of a block the size that its stride gives; groups must divide the channels.
 *
 * @param architecture - The types to check; those that netspace ships need none.
 * @throws InvalidInputError naming the first type that fails, how it was built, and the layer.
 * @example
 * import { checkArchitecture } from '@netspace/model-builder';
 * let message = '';
 * try {
 *   checkArchitecture({ blocks: { same: (builder, input) => builder.relu('af', input) }, stems: {} });
 * } catch (error) {
 *   message = (error as Error).message;
 * }
 * message; // => 'block "same" of width 64 and stride 2, behind 64 channels, s1.b1: returns [64, 14, 14] (valid: [64, 7, 7])'
 */
export function checkArchitecture({ blocks, stems }: Architecture): void {
  for (const [name, block] of Object.entries(blocks)) trials.forEach((options) => tryBlock(name, block, options));
  for (const [name, stem] of Object.entries(stems)) {
    for (const channels of [1, 3]) {
      for (const width of [32, 48]) tryStem(name, stem, channels, width);
    }
  }
}

const inputWidth = 64;

/** Without and with a bottleneck and squeeze-excitation; all widths are whole groups. */
const shapes: readonly ((width: number) => Omit<BlockOptions, 'width' | 'stride'>)[] = [
  (width) => ({ bottleneckWidth: width, groupWidth: 16, squeezeExcitationRatio: 0 }),
  (width) => ({ bottleneckWidth: width / 2, groupWidth: 16, squeezeExcitationRatio: 0.25 }),
];

const trials: readonly BlockOptions[] = [inputWidth, 96].flatMap((width) =>
  [1, 2].flatMap((stride) => shapes.map((shape) => ({ width, stride, ...shape(width) }))),
);

function tryBlock(name: string, block: BlockType, options: BlockOptions): void {
  const builder = new GraphBuilder();
  const images = builder.input(inputWidth, 14);
  const title = `block "${name}" of width ${options.width} and stride ${options.stride}, behind ${inputWidth} channels`;
  builder.module('s1.b1', title, () => addBlock(builder, block, images, options));
}

function tryStem(name: string, stem: StemType, channels: number, width: number): void {
  const builder = new GraphBuilder();
  const images = builder.input(channels, 32);
  builder.module('stem', `stem "${name}" of width ${width}`, () => addStem(builder, stem, images, width));
}
