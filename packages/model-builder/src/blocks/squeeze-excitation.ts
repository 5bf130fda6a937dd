import type { Activation, LayerBuilder } from '@netspace/contracts';
import { roundHalfEven } from '@netspace/quantized-linear';

const pointwise = { kernel: 1, bias: true } as const;

/**
 * Squeeze-excitation: x times sigmoid(1x1 conv(ReLU(1x1 conv(global average of x)))), both convolutions with a bias
 * (pycls `SE`).
 *
 * @param reducedWidth - Channels between the two convolutions, rounded half to even; none is added where that gives 0.
 */
export function squeezeExcitation(builder: LayerBuilder, input: Activation, reducedWidth: number): Activation {
  const reduced = roundHalfEven(reducedWidth);
  if (reduced === 0) return input;
  let x = builder.globalAveragePool('f.se.avg_pool', input);
  x = builder.relu('f.se.f_ex.1', builder.conv('f.se.f_ex.0', x, reduced, pointwise));
  x = builder.conv('f.se.f_ex.2', x, builder.channelsOf(input), pointwise);
  return builder.scale('f.se.scale', input, builder.sigmoid('f.se.f_ex.3', x));
}
