import type { Activation, BlockOptions, LayerBuilder } from '@netspace/contracts';

/** The residual function of a block: f in x + f(x). */
export type Transform = (builder: LayerBuilder, input: Activation, options: BlockOptions) => Activation;

/**
 * ReLU(shortcut + f(x)); the shortcut is x itself, or BN(1x1 conv(x)) where the shape changes (pycls `ResBasicBlock`,
 * `ResBottleneckBlock`).
 */
export function residual(
  builder: LayerBuilder,
  input: Activation,
  options: BlockOptions,
  transform: Transform,
): Activation {
  const shortcut = keepsShape(builder, input, options) ? input : projection(builder, input, options);
  const sum = builder.add('add', shortcut, transform(builder, input, options));
  return builder.relu('af', sum);
}

/** Whether a block's output has the shape of its input. */
export function keepsShape(builder: LayerBuilder, input: Activation, { width, stride }: BlockOptions): boolean {
  return stride === 1 && builder.channelsOf(input) === width;
}

function projection(builder: LayerBuilder, input: Activation, { width, stride }: BlockOptions): Activation {
  const projected = builder.conv('proj', input, width, { kernel: 1, stride });
  return builder.batchNorm('bn', projected);
}
