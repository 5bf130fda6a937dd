import { join } from 'node:path';

/** The files of one study's results. Each step of the pipeline reads some and writes others. */
export class RunFolder {
  constructor(readonly directory: string) {}

  /** A population as drawn: a JSON file a space. Written by `sample`. */
  population(space: string): string {
    return join(this.directory, 'populations', `${space}.json`);
  }

  /** The trained networks: a JSON line each. Written by `train`. */
  get records(): string {
    return join(this.directory, 'records.jsonl');
  }

  /** What a recipe hash of the records stands for: recipe, dataset, engine, seed, the study's own modules. Written by `train`. */
  recipe(hash: string): string {
    return join(this.directory, 'recipes', `${hash}.json`);
  }

  /** Error distributions, tests, and good parameter ranges. Written by `analyse`. */
  get analysis(): string {
    return join(this.directory, 'analysis.json');
  }

  /** The quantised-linear rule of every network. Written by `fit`. */
  get fits(): string {
    return join(this.directory, 'fits.json');
  }

  /** The inference time of every network drawn. Written by `latency`. */
  get latencies(): string {
    return join(this.directory, 'latencies.json');
  }

  /** A trained network as a model: a folder. Written by `export`. */
  model(network: string, format: string): string {
    return join(this.directory, 'models', network, format);
  }

  /** The report page, written by `report` with its figures beside it. */
  get report(): string {
    return join(this.directory, 'report.html');
  }

  figure(name: string): string {
    return join(this.directory, 'figures', `${name}.svg`);
  }
}
