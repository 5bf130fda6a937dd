import type { BlockType } from './block-type.js';
import { basic } from './blocks/basic.js';
import { r } from './blocks/r.js';
import { resBottleneckLinear } from './blocks/res-bottleneck-linear.js';
import { v } from './blocks/v.js';
import { vanilla } from './blocks/vanilla.js';
import { vr } from './blocks/vr.js';
import { x } from './blocks/x.js';
import { y } from './blocks/y.js';
import { Registry } from './registry.js';

/** The block types by name. A shipped one: one file and one line here. */
export const blockRegistry = new Registry<BlockType>('block', {
  x,
  y,
  r,
  basic,
  vanilla,
  v,
  vr,
  res_bottleneck_linear: resBottleneckLinear,
});
