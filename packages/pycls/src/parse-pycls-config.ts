import { parseConfig } from '@netspace/config-file';
import type { NetworkConfig } from '@netspace/contracts';
import type { NetworkProblem } from '@netspace/model-builder';
import { z } from 'zod';
import { anyNetOfSections } from './any-net-of-sections.js';
import { networkConfigOfAnyNet } from './network-config-of-any-net.js';
import { buildProblem } from './build-problem.js';
import { sectionProblem } from './section-problem.js';
import { sections } from './sections.js';

const schema: z.ZodType<NetworkConfig> = sections
  .superRefine((value, context) => report(sectionProblem(value), context))
  .transform((value) => ({
    type: value.MODEL.TYPE,
    network: networkConfigOfAnyNet(anyNetOfSections(value), value.TRAIN.IM_SIZE),
  }))
  .superRefine(({ type, network }, context) => report(buildProblem(network, type), context))
  .transform(({ network }) => network);

function report(found: NetworkProblem | undefined, context: z.RefinementCtx): void {
  if (found === undefined) return;
  const { path, problem, expected } = found;
  context.addIssue({ code: 'custom', path: [...path], message: problem, params: { expected } });
}

/**
 * Reads a pycls configuration (YAML) whose `MODEL.TYPE` is `anynet` or `regnet`; missing keys have pycls' defaults
 * (core/config.py). The text is YAML 1.1, as PyYAML reads it: `SE_ON: yes` is true.
 *
 * The sections MODEL, ANYNET, REGNET and BN and the key TRAIN.IM_SIZE describe the network; all else is ignored. A
 * RegNet's stages are those of `generate_regnet_full` (models/regnet.py).
 *
 * @param text - The file's content.
 * @param file - Its name, for messages.
 * @throws InvalidInputError for the first problem, with file, line, key, value and what would be valid.
 * @example
 * import { parsePyclsConfig } from '@netspace/pycls';
 * const text = `
 * MODEL: { TYPE: regnet, NUM_CLASSES: 1000 }
 * REGNET: { DEPTH: 22, W0: 24, WA: 24.48, WM: 2.54, GROUP_W: 16 }
 * `;
 * const { stages } = parsePyclsConfig(text, 'RegNetX-400MF.yaml');
 * stages.map(({ width }) => width); // => [32, 64, 160, 384]
 */
export function parsePyclsConfig(text: string, file: string): NetworkConfig {
  return parseConfig(text, file, schema, '1.1');
}
