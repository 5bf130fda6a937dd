import type { Activation, LayerBuilder } from '@netspace/contracts';

/** The head: 1x1 conv, BN, ReLU where `headWidth` is above 0; global average pool; linear (pycls `AnyHead`). */
export function head(builder: LayerBuilder, input: Activation, headWidth: number, classes: number): Activation {
  const features = headWidth > 0 ? widen(builder, input, headWidth) : input;
  return builder.linear('fc', builder.globalAveragePool('avg_pool', features), classes);
}

function widen(builder: LayerBuilder, input: Activation, width: number): Activation {
  const x = builder.conv('conv', input, width, { kernel: 1 });
  return builder.relu('af', builder.batchNorm('bn', x));
}
