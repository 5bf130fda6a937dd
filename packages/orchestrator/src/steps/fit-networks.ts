import { existsSync } from 'node:fs';
import { InvalidInputError, type QuantizedLinearFit } from '@netspace/contracts';
import { fitsKind, readTextMadeFrom, writeArtefact } from '@netspace/run-store';
import type { StepControl } from '../pipeline-event.js';
import type { Run } from '../run.js';
import { parsePopulations, type PopulationTexts, type ReadPopulations, readPopulations } from './read-populations.js';

/** The quantised-linear rule of each network, by its id. */
export type Fits = Readonly<Record<string, QuantizedLinearFit>>;

/** Fits as read or made, and what they are known by. */
export interface KnownFits {
  readonly fits: Fits;
  /** Hash of the artefact. */
  readonly hash: string;
}

/** {@link KnownFits}, the rules as JSON. */
export interface FitsText extends Pick<KnownFits, 'hash'> {
  readonly content: string;
}

/** Fits the quantised-linear rule to every network of a run, trained or not, and writes the rules. */
export async function fitNetworks(run: Run, control: StepControl = {}): Promise<KnownFits> {
  return makeFits(run, await readPopulations(run), control);
}

/** The rules that are there, where they are of these populations, as JSON; else they are made. */
export async function currentFits(run: Run, drawn: PopulationTexts, control: StepControl): Promise<FitsText> {
  try {
    if (existsSync(run.folder.fits)) {
      return await readTextMadeFrom(run.folder.fits, fitsKind, { populations: drawn.hashes });
    }
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
  }
  const { fits, hash } = await makeFits(run, parsePopulations(drawn), control);
  return { content: JSON.stringify(fits), hash };
}

async function makeFits(
  run: Run,
  { populations, hashes }: ReadPopulations,
  { signal, onEvent }: StepControl,
): Promise<KnownFits> {
  const { fitPopulation } = await import('@netspace/analysis');
  const networks = populations.flatMap((population) => population.networks);
  const fits = await fitPopulation(networks, {
    ...(signal === undefined ? {} : { signal }),
    onProgress: (done) => onEvent?.({ kind: 'fitting', done, total: networks.length }),
  });
  const hash = await writeArtefact(run.folder.fits, fitsKind, { made: { populations: hashes }, content: fits });
  return { fits, hash };
}
