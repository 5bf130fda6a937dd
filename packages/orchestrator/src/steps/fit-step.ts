import type { NetworkConfig, QuantizedLinearFit } from '@netspace/contracts';
import { fit } from '@netspace/quantized-linear';
import { readJson, writeJson } from '../json-file.js';
import { createProgress } from '../progress.js';
import type { SpaceResults } from '../results.js';
import type { RunFolder } from '../run-folder.js';

/** The quantised-linear rule of each network, by its id. */
export type Fits = Readonly<Record<string, QuantizedLinearFit>>;

/** Fits the quantised-linear rule to every trained network, and writes the rules. */
export function fitStep(results: readonly SpaceResults[], folder: RunFolder): Fits {
  const networks = results.flatMap(({ records }) => records.map(({ network }) => network));
  const progress = createProgress('fit', networks.length);
  try {
    const fits = networks.map(({ id, config }, index): [string, QuantizedLinearFit] => {
      const rule = fitNetwork(config);
      progress.update(index + 1);
      return [id, rule];
    });
    writeJson(folder.fits, Object.fromEntries(fits));
    return Object.fromEntries(fits);
  } finally {
    progress.stop();
  }
}

/** The rules that the fit step wrote. */
export function readFits(folder: RunFolder): Fits {
  return readJson(folder.fits, 'netspace study fit') as Fits;
}

/** The rule that comes closest to a network's stage widths. */
export function fitNetwork({ stages }: NetworkConfig): QuantizedLinearFit {
  return fit({ widths: stages.map(({ width }) => width), depths: stages.map(({ depth }) => depth) });
}
