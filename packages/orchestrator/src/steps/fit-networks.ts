import { existsSync } from 'node:fs';
import { InvalidInputError, type QuantizedLinearFit } from '@netspace/contracts';
import { fitsKind, readMadeFrom, writeArtefact } from '@netspace/run-store';
import type { StepControl } from '../pipeline-event.js';
import type { Run } from '../run.js';
import { type ReadPopulations, readPopulations } from './read-populations.js';

/** The quantised-linear rule of each network, by its id. */
export type Fits = Readonly<Record<string, QuantizedLinearFit>>;

/** Fits as read or made, and what they are known by. */
export interface KnownFits {
  readonly fits: Fits;
  /** Hash of the artefact. */
  readonly hash: string;
}

/** Fits the quantised-linear rule to every network of a run, trained or not, and writes the rules. */
export async function fitNetworks(run: Run, control: StepControl = {}): Promise<KnownFits> {
  return makeFits(run, await readPopulations(run), control);
}

/** The rules that are there, where they are of these populations; else they are made. */
export async function currentFits(run: Run, drawn: ReadPopulations, control: StepControl): Promise<KnownFits> {
  if (!existsSync(run.folder.fits)) return makeFits(run, drawn, control);
  try {
    const { content, hash } = await readMadeFrom(run.folder.fits, fitsKind, { populations: drawn.hashes });
    return { fits: content, hash };
  } catch (error) {
    if (error instanceof InvalidInputError) return makeFits(run, drawn, control);
    throw error;
  }
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
