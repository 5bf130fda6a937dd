import type { Architecture } from '@netspace/contracts';
import { basic } from './blocks/basic.js';
import { r } from './blocks/r.js';
import { resBottleneckLinear } from './blocks/res-bottleneck-linear.js';
import { v } from './blocks/v.js';
import { vanilla } from './blocks/vanilla.js';
import { vr } from './blocks/vr.js';
import { x } from './blocks/x.js';
import { y } from './blocks/y.js';
import { resStemCifar } from './stems/res-stem-cifar.js';
import { resStemIn } from './stems/res-stem-in.js';
import { simpleStemIn } from './stems/simple-stem-in.js';

/**
 * The block and stem types that netspace ships. A new one: one file and one line here.
 *
 * @example
 * import { shippedArchitecture } from '@netspace/model-builder';
 * Object.keys(shippedArchitecture.blocks); // => ['x', 'y', 'r', 'basic', 'vanilla', 'v', 'vr', 'res_bottleneck_linear']
 * Object.keys(shippedArchitecture.stems); // => ['res_stem_cifar', 'simple_stem_in', 'res_stem_in']
 */
export const shippedArchitecture: Architecture = {
  blocks: { x, y, r, basic, vanilla, v, vr, res_bottleneck_linear: resBottleneckLinear },
  stems: { res_stem_cifar: resStemCifar, simple_stem_in: simpleStemIn, res_stem_in: resStemIn },
};
