import type { ImageShape } from '@netspace/contracts';
import type { NetworkSetting, PopulationRequest } from '@netspace/design-space';
import type { Arm, StudyRecord } from './study.js';
import { drawnWith, hashesOf } from './used-plugins.js';

/** What an arm's population is made from, as plain JSON. */
export interface PopulationInputs {
  /** What is to be drawn. */
  readonly request: Pick<PopulationRequest, 'space' | 'regime' | 'count' | 'seed'> & {
    readonly setting: NetworkSetting;
  };
  /** Content hash of each thing of a plugin that drawing uses, by what it is: `distribution triangle`. */
  readonly plugins: Readonly<Record<string, string>>;
}

/**
 * What an arm's population is made from: the same inputs make the same population.
 *
 * @param images - Of the setting's dataset.
 * @example
 * import { mkdtempSync, writeFileSync } from 'node:fs';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { armsOf, newStudyText, populationInputs, readStudy, studyRecord } from '@netspace/study';
 * const file = join(mkdtempSync(join(tmpdir(), 'study-')), 'study.yaml');
 * writeFileSync(file, newStudyText('first'));
 * const study = await readStudy(file);
 * const { request } = populationInputs(studyRecord(study), armsOf(study)[0]!, { classes: 10, channels: 1, imageSize: 28 });
 * [request.space.name, request.setting.classes]; // => ['AnyNetX-A', 10]
 */
export function populationInputs(study: StudyRecord, arm: Arm, images: ImageShape): PopulationInputs {
  const { setting, space } = arm;
  const { classes, channels, imageSize } = images;
  return {
    request: {
      space,
      regime: setting.regime,
      count: study.networks,
      seed: study.seed,
      setting: { stem: setting.stem, headWidth: 0, classes, imageSize, imageChannels: channels },
    },
    plugins: hashesOf(drawnWith(arm), study.plugins),
  };
}
