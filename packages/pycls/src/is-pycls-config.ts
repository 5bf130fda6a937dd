import { topLevelKeys } from '@netspace/config-file';

/**
 * Whether a text is a pycls configuration: a map with a section `MODEL`, however it is written.
 *
 * @example
 * import { isPyclsConfig } from '@netspace/pycls';
 * isPyclsConfig('"MODEL": { TYPE: regnet }'); // => true
 * isPyclsConfig('stages: [{ depth: 2, width: 64 }]'); // => false
 */
export function isPyclsConfig(text: string): boolean {
  return topLevelKeys(text).includes('MODEL');
}
