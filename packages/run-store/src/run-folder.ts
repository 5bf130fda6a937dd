import { join } from 'node:path';
import { fileNameOf } from './file-name-of.js';

/**
 * The files of a run. Names become file names by {@link fileNameOf}: none lies outside the folder.
 *
 * @example
 * import { basename } from 'node:path';
 * import { RunFolder } from '@netspace/run-store';
 * const folder = new RunFolder('runs/mine');
 * basename(folder.population('RegNetX')); // => 'RegNetX.json'
 * // A name is never a path.
 * basename(folder.population('../../x')) === 'x.json'; // => false
 */
export class RunFolder {
  /** Use {@link openRunFolder}, which checks what is there. */
  constructor(readonly directory: string) {}

  /**
   * The study as the run holds it, and its datasets' descriptions: what makes the folder a run. Written first, with the
   * schema `netspace/run`.
   */
  get run(): string {
    return join(this.directory, 'run.json');
  }

  /** The populations as drawn: a folder. */
  get populations(): string {
    return join(this.directory, 'populations');
  }

  /** A population as drawn: a file an arm. */
  population(arm: string): string {
    return join(this.populations, `${fileNameOf(arm)}.json`);
  }

  /** What a hash of conditions in the records stands for. */
  conditions(hash: string): string {
    return join(this.directory, 'conditions', `${fileNameOf(hash)}.json`);
  }

  /** The trained networks: a folder with a file a writer, a JSON line each. */
  get records(): string {
    return join(this.directory, 'records');
  }

  /** What the processes say of themselves that train the run together: a folder with a file a writer. */
  get writers(): string {
    return join(this.directory, 'writers');
  }

  /** Which of these processes has which task: a folder with a file a claim. */
  get claims(): string {
    return join(this.directory, 'claims');
  }

  /** How far trainings under way are: a folder with a file a training. */
  get checkpoints(): string {
    return join(this.directory, 'checkpoints');
  }

  /** Jobs of a cluster that train the run: their script, their numbers, and a folder of what they print. */
  get slurm(): { readonly script: string; readonly jobs: string; readonly logs: string } {
    const folder = join(this.directory, 'slurm');
    return { script: join(folder, 'job.sh'), jobs: join(folder, 'jobs.json'), logs: join(folder, 'logs') };
  }

  /** What the run is known by on a queue. */
  get queue(): string {
    return join(this.directory, 'queue.json');
  }

  /** The quantised-linear rule of every network. */
  get fits(): string {
    return join(this.directory, 'fits.json');
  }

  /** What was computed from the results. */
  get analysis(): string {
    return join(this.directory, 'analysis.json');
  }

  /** Populations that were trained elsewhere: what makes a folder one of an import. */
  get imported(): string {
    return join(this.directory, 'import.json');
  }

  /** How the space of the study was refined. */
  get refinement(): string {
    return join(this.directory, 'refinement.json');
  }

  /** The spaces that refining came to, as definitions of which each extends the one before. */
  get refinedSpaces(): string {
    return join(this.directory, 'refined.yaml');
  }

  /** The inference time of every network. */
  get latencies(): string {
    return join(this.directory, 'latencies.json');
  }

  /** The report page; its figures lie beside it. */
  get report(): string {
    return join(this.directory, 'report.html');
  }

  /** The figures of the report: a folder. */
  get figures(): string {
    return join(this.directory, 'figures');
  }

  figure(name: string): string {
    return join(this.figures, `${fileNameOf(name)}.svg`);
  }

  /** A trained network as a model: a folder. */
  model(network: string, format: string): string {
    return join(this.directory, 'models', fileNameOf(network), fileNameOf(format));
  }
}
