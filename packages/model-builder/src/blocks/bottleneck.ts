import type { Activation, BlockOptions, LayerBuilder } from '@netspace/contracts';
import type { Transform } from './residual.js';
import { squeezeExcitation } from './squeeze-excitation.js';

const pointwise = { kernel: 1 } as const;

/** The bottleneck transform: 1x1 conv; 3x3 grouped conv with the stride; 1x1 conv (pycls `BottleneckTransform`). */
export const bottleneck: Transform = (builder, input, options) => {
  const x = spatial(builder, input, options);
  return expansion(builder, x, options.width);
};

/** The same with squeeze-excitation between the 3x3 and the last 1x1. */
export const squeezedBottleneck: Transform = (builder, input, options) => {
  const x = spatial(builder, input, options);
  const reducedWidth = options.squeezeExcitationRatio * builder.channelsOf(input);
  return expansion(builder, squeezeExcitation(builder, x, reducedWidth), options.width);
};

function spatial(builder: LayerBuilder, input: Activation, options: BlockOptions): Activation {
  const { stride, bottleneckWidth, groupWidth } = options;
  let x = builder.conv('f.a', input, bottleneckWidth, pointwise);
  x = builder.relu('f.a_af', builder.batchNorm('f.a_bn', x));
  x = builder.conv('f.b', x, bottleneckWidth, { kernel: 3, stride, groups: bottleneckWidth / groupWidth });
  return builder.relu('f.b_af', builder.batchNorm('f.b_bn', x));
}

function expansion(builder: LayerBuilder, input: Activation, width: number): Activation {
  return builder.batchNorm('f.c_bn', builder.conv('f.c', input, width, pointwise));
}
