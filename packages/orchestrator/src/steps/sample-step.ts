import type { Dataset, Population } from '@netspace/contracts';
import { type NetworkSetting, samplePopulation } from '@netspace/design-space';
import { readJson, writeJson } from '../json-file.js';
import { createProgress } from '../progress.js';
import type { RunFolder } from '../run-folder.js';
import { registerStudyBlocks, type Study } from '../study.js';

/** Draws the population of every space and writes it. */
export async function sampleStep(study: Study, dataset: Dataset, folder: RunFolder): Promise<Population[]> {
  await registerStudyBlocks(study);
  const { seed, regime, networks: count } = study;
  const setting = settingOf(study, dataset);
  return study.spaces.map((space) => {
    const progress = createProgress(`sample ${space.name}`, count);
    try {
      const population = samplePopulation({ space, regime, count, seed, setting }, (done) => progress.update(done));
      writeJson(folder.population(space.name), population);
      return population;
    } finally {
      progress.stop();
    }
  });
}

/** The populations that the sample step wrote. */
export function readPopulations(study: Study, folder: RunFolder): Population[] {
  return study.spaces.map(({ name }) => readJson(folder.population(name), 'netspace study sample') as Population);
}

function settingOf(study: Study, { classes, imageSize, channels }: Dataset): NetworkSetting {
  return { stem: study.stem, headWidth: 0, classes, imageSize, imageChannels: channels };
}
