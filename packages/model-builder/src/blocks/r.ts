import type { BlockType } from '@netspace/contracts';
import { x } from './x.js';

/** R: the X block without groups, whatever the group width (paper, section 3.4). */
export const r: BlockType = (builder, input, options) =>
  x(builder, input, { ...options, groupWidth: options.bottleneckWidth });
