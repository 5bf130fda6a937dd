import type { BlockType } from '@netspace/contracts';
import { residual, type Transform } from './residual.js';

/** VR: V with a residual, ReLU(shortcut + BN(3x3 conv)) (paper, section 3.4). */
export const vr: BlockType = (builder, input, options) => residual(builder, input, options, oneConvolution);

const oneConvolution: Transform = (builder, input, { width, stride }) =>
  builder.batchNorm('f.a_bn', builder.conv('f.a', input, width, { kernel: 3, stride }));
