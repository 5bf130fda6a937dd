import {
  type Activation,
  type Architecture,
  type BlockOptions,
  type BlockType,
  InvalidInputError,
  type LayerBuilder,
  type NetworkConfig,
  type StemType,
} from '@netspace/contracts';
import { strided } from './strided.js';

/** A builder of whole networks: besides the operations, what it takes to check a block's output. */
export interface NetworkBuilder extends LayerBuilder {
  /** Height and width of an activation. */
  sizeOf(input: Activation): number;
  /** @throws InvalidInputError where an activation has not this shape; any size is right where none is given. */
  requireOutput(output: Activation, channels: number, size?: number): void;
}

/** A block or stem type and what it is called in messages: `block "x"`. */
export interface Named<Type> {
  readonly title: string;
  readonly add: Type;
}

/** The block type of a network whose names are known to be right. */
export function blockOf({ block }: NetworkConfig, { blocks }: Architecture): Named<BlockType> {
  return { title: `block "${block}"`, add: blocks[block]! };
}

/** Its stem type. */
export function stemOf({ stem }: NetworkConfig, { stems }: Architecture): Named<StemType> {
  return { title: `stem "${stem.type}"`, add: stems[stem.type]! };
}

/**
 * Adds one block behind `input`.
 *
 * @param stage - Its stage, and `number` its place there, both from 1: for messages.
 * @throws InvalidInputError naming block type, layer and what is wrong: whatever is thrown inside the block, an output of the wrong shape.
 */
export function addBlock(
  builder: NetworkBuilder,
  { title, add }: Named<BlockType>,
  input: Activation,
  options: BlockOptions,
  stage: number,
  number: number,
): Activation {
  try {
    const output = add(builder, input, options);
    builder.requireOutput(output, options.width, strided(builder.sizeOf(input), options.stride));
    return output;
  } catch (error) {
    throw inModule(error, title, `s${stage}.b${number}`);
  }
}

/** Adds the stem behind the images; as {@link addBlock}. */
export function addStem(
  builder: NetworkBuilder,
  { title, add }: Named<StemType>,
  images: Activation,
  width: number,
): Activation {
  try {
    const output = add(builder, images, width);
    builder.requireOutput(output, width);
    return output;
  } catch (error) {
    throw inModule(error, title, 'stem');
  }
}

/**
 * What was thrown while a module was built, with the module's place. The operations of a builder name their layer as the
 * error's key; a plugin names its file.
 */
function inModule(error: unknown, title: string, module: string): InvalidInputError {
  const input = error instanceof InvalidInputError ? error.input : { problem: String(error) };
  const place = input.key === undefined ? module : `layer ${module}.${input.key}`;
  return new InvalidInputError({ ...input, key: `${title}, ${place}` }, { cause: error });
}
