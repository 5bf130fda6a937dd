import type { Architecture, NetworkConfig } from '@netspace/contracts';
import { z } from 'zod';
import { networkProblem } from './network-problem.js';
import { shippedArchitecture } from './shipped-architecture.js';

const stageSchema = z.strictObject({
  depth: z.int(),
  width: z.int(),
  stride: z.int().default(2),
  bottleneckRatio: z.number().default(1),
  groupWidth: z.int().default(1),
});

const stemSchema = z.strictObject({
  type: z.string().default('simple_stem_in'),
  width: z.int().default(32),
});

const networkSchema = z
  .strictObject({
    stem: stemSchema.prefault({}),
    block: z.string().default('x'),
    stages: z.array(stageSchema),
    squeezeExcitationRatio: z.number().optional(),
    headWidth: z.int().default(0),
    classes: z.int().default(1000),
    imageSize: z.int().default(224),
    imageChannels: z.int().default(3),
  })
  .transform((network) => ({
    ...network,
    squeezeExcitationRatio: network.squeezeExcitationRatio ?? (network.block === 'y' ? 0.25 : 0),
  }));

/**
 * netspace's own file form of a {@link NetworkConfig}, for `@netspace/config-file`.
 *
 * Defaults: simple_stem_in of 32 channels, block x, stride 2, b = 1, g = 1, no squeeze-excitation (0.25 for block y), no
 * head convolution, 1000 classes, colour images of 224 pixels.
 *
 * @param architecture - The block and stem types that a file may name; by default those that netspace ships.
 * @example
 * import { parseConfig } from '@netspace/config-file';
 * import { networkConfigSchema } from '@netspace/model-builder';
 * const text = 'stages: [{ depth: 2, width: 64, groupWidth: 16 }]';
 * const network = parseConfig(text, 'net.yaml', networkConfigSchema());
 * network.stages[0]; // => { depth: 2, width: 64, stride: 2, bottleneckRatio: 1, groupWidth: 16 }
 * network.block; // => 'x'
 */
export function networkConfigSchema(architecture: Architecture = shippedArchitecture): z.ZodType<NetworkConfig> {
  return networkSchema.superRefine((network, context) => {
    const found = networkProblem(network, architecture);
    if (found === undefined) return;
    const { path, problem, expected } = found;
    context.addIssue({ code: 'custom', path: [...path], message: problem, params: { expected } });
  });
}
