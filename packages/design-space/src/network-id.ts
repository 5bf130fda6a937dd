import { contentHash } from '@netspace/content-hash';
import type { NetworkConfig } from '@netspace/contracts';

/**
 * The id of a network: the first 12 hexadecimal digits of the SHA-256 of its configuration as JSON with sorted keys.
 *
 * @example
 * import { networkId } from '@netspace/design-space';
 * const network = { stem: { type: 'res_stem_cifar', width: 16 }, block: 'x', stages: [], squeezeExcitationRatio: 0 };
 * const config = { ...network, headWidth: 0, classes: 10, imageSize: 32, imageChannels: 3 };
 * networkId(config) === networkId({ ...config }); // => true
 */
export function networkId(config: NetworkConfig): string {
  return contentHash(config).slice(0, 12);
}
