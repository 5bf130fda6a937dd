import { readFileSync } from 'node:fs';
import { parseConfig } from '@netspace/config-file';
import { type Architecture, InvalidInputError, type NetworkConfig } from '@netspace/contracts';
import { networkConfigSchema } from '@netspace/model-builder';
import { isPyclsConfig, parsePyclsConfig } from '@netspace/pycls';

/**
 * Reads a network from a YAML file: netspace's own form, or pycls' (which has a section `MODEL`).
 *
 * @param architecture - The blocks and stems that it may name.
 * @throws InvalidInputError naming file, line and key of the first problem.
 */
export function readNetwork(file: string, architecture: Architecture): NetworkConfig {
  const text = readText(file);
  return isPyclsConfig(text)
    ? parsePyclsConfig(text, file)
    : parseConfig(text, file, networkConfigSchema(architecture));
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new InvalidInputError({ file, problem: `cannot be read: ${(error as Error).message}` }, { cause: error });
  }
}
