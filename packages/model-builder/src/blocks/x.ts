import type { BlockType } from '@netspace/contracts';
import { bottleneck } from './bottleneck.js';
import { residual } from './residual.js';

/** X: the residual bottleneck block with grouped convolution (paper, figure 4; pycls `res_bottleneck_block`). */
export const x: BlockType = (builder, input, options) => residual(builder, input, options, bottleneck);
