import type { Arm, StudyRecord } from './study.js';

/** The arms of a study: each setting with each of its spaces, in the order of the file. */
export function armsOf({ settings }: StudyRecord): Arm[] {
  return settings.flatMap((setting) =>
    setting.spaces.map((space) => ({
      name: settings.length === 1 ? space.name : `${setting.name}/${space.name}`,
      setting,
      space,
    })),
  );
}
