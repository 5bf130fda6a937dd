import type { BlockType } from '@netspace/contracts';
import { squeezedBottleneck } from './bottleneck.js';
import { residual } from './residual.js';

/** Y: the X block with squeeze-excitation (paper, section 5; pycls `res_bottleneck_block` with `SE_ON`). */
export const y: BlockType = (builder, input, options) => residual(builder, input, options, squeezedBottleneck);
