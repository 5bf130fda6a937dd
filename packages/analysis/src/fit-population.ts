import type { NetworkConfig, QuantizedLinearFit, ResultNetwork } from '@netspace/contracts';
import { fit } from '@netspace/quantized-linear';

/**
 * The quantised-linear rule that comes closest to a network's stage widths.
 *
 * @throws InvalidInputError where the network has no stage, or one without a width above 0 and a whole depth of at least 1.
 * @example
 * import { fitNetwork } from '@netspace/analysis';
 * const stage = { depth: 1, stride: 2, bottleneckRatio: 1, groupWidth: 8 };
 * const rule = fitNetwork({ stages: [{ ...stage, width: 64 }, { ...stage, width: 128 }] });
 * rule.fitError < 1e-9; // => true
 */
export function fitNetwork({ stages }: Pick<NetworkConfig, 'stages'>): QuantizedLinearFit {
  return fit({ widths: stages.map(({ width }) => width), depths: stages.map(({ depth }) => depth) });
}

/** How fitting is watched and ended. */
export interface FitControl {
  /** Ends the fitting: the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called after each network with the number that is done. */
  readonly onProgress?: (done: number) => void;
}

/** So long is fitted at a stretch, in milliseconds, before others may run: a signal's abort, a progress bar. */
const stretch = 50;

/**
 * The rule of each network of known widths, by its id; a network that is there twice is fitted once.
 *
 * @throws InvalidInputError as {@link fitNetwork}.
 * @example
 * import { fitPopulation } from '@netspace/analysis';
 * await fitPopulation([]); // => {}
 */
export async function fitPopulation(
  networks: readonly Pick<ResultNetwork, 'id' | 'config'>[],
  { signal, onProgress }: FitControl = {},
): Promise<Record<string, QuantizedLinearFit>> {
  const fits: Record<string, QuantizedLinearFit> = {};
  let pause = performance.now() + stretch;
  for (const [index, { id, config }] of networks.entries()) {
    signal?.throwIfAborted();
    if (config !== null) fits[id] ??= fitNetwork(config);
    onProgress?.(index + 1);
    if (performance.now() < pause) continue;
    await new Promise((resolve) => setTimeout(resolve));
    pause = performance.now() + stretch;
  }
  return fits;
}
