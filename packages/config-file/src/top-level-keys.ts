import { InvalidInputError } from '@netspace/contracts';
import { readYaml } from './yaml-document.js';

/**
 * The keys of a YAML (or JSON) text that is one map, by which a reader may tell forms of files apart; none where it is
 * anything else, or no YAML at all.
 *
 * @example
 * import { topLevelKeys } from '@netspace/config-file';
 * topLevelKeys('"MODEL": { TYPE: regnet }'); // => ['MODEL']
 * topLevelKeys('[1, 2]'); // => []
 */
export function topLevelKeys(text: string): string[] {
  try {
    const { value } = readYaml(text, '', '1.2');
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
  } catch (error) {
    if (error instanceof InvalidInputError) return [];
    throw error;
  }
}
