import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { samplePopulation } from '@netspace/design-space';
import { StudyFolder } from './fixtures/study-folder.js';
import { armsOf, newStudyText, populationInputs, shippedStudies, type Study } from './index.js';

let folder: StudyFolder;
beforeEach(() => {
  folder = new StudyFolder();
});
afterEach(() => folder.remove());

const copied = (from: string): Promise<Study> => folder.read(newStudyText('mine', from));

describe('newStudyText(name, from)', () => {
  test.each(shippedStudies())('%s is a study under another name, each of whose spaces has networks', async (from) => {
    const study = await copied(from);
    expect(study.name).toBe('mine');
    for (const arm of armsOf(study)) {
      const { imageSize = 32 } = arm.setting.dataset as { imageSize?: number };
      const images = { classes: 10, channels: 3, imageSize };
      const { request } = populationInputs(study, arm, images);
      expect((await samplePopulation({ ...request, count: 2 })).networks).toHaveLength(2);
    }
  });

  test('differs from the shipped file in the name alone', () => {
    const [one, other] = [newStudyText('one', 'good-and-bad'), newStudyText('other', 'good-and-bad')];
    expect(one.replace('name: "one"', 'name: "other"')).toBe(other);
  });

  test('of a name that is not shipped: what is, and what may be meant', () => {
    expect(() => newStudyText('mine', 'space-comparsion')).toThrow(
      '--from: got "space-comparsion"; did you mean "space-comparison"?',
    );
    expect(() => newStudyText('mine', '../quickstart')).toThrow('--from: got "../quickstart"');
  });
});

describe('The parts of space-comparison', () => {
  const parts = ['good-and-bad', 'linear-trend', 'quantized-linear-fit', 'random-search'];

  test.each(parts)('%s draws and trains the same networks', async (from) => {
    const [whole, part] = [await copied('space-comparison'), await copied(from)];
    const sampled = (study: Study): unknown[] =>
      armsOf(study).map((arm) => [
        populationInputs(study, arm, { classes: 10, channels: 3, imageSize: 32 }),
        arm.setting.recipe,
        [study.replicates, study.replicated],
      ]);
    expect(sampled(whole)).toEqual(expect.arrayContaining(sampled(part)));
  });
});
