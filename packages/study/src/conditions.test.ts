import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { pluginText, smallStudy, StudyFolder } from './fixtures/study-folder.js';
import {
  armsOf,
  conditionChanges,
  conditionsHash,
  conditionsOf,
  type ConditionsSource,
  populationInputs,
  readStudy,
  type Study,
  studyRecord,
  studyRecordSchema,
} from './index.js';

let folder: StudyFolder;
beforeEach(() => {
  folder = new StudyFolder();
});
afterEach(() => folder.remove());

const source: ConditionsSource = {
  dataset: { name: 'synthetic', hash: 'ab12' },
  engine: { name: 'native', numerics: '3' },
};

/** The hash of the conditions of each arm, by its name. */
const hashes = (study: Study): Record<string, string> =>
  Object.fromEntries(armsOf(study).map((arm) => [arm.name, conditionsHash(conditionsOf(study, arm, source))]));

const withPlugins = `${smallStudy
  .split('\n')
  .filter((line) => !line.startsWith('spaces'))
  .join('\n')}spaces:
  - { name: first, extends: AnyNetX-E, block: one }
  - { name: second, extends: AnyNetX-E, block: two }
  - AnyNetX-E
plugins: [./one.mjs, ./two.mjs]
`;

describe('conditionsOf(study, arm, source)', () => {
  test('name seed, recipe, evaluator and images by content, and neither path nor host', async () => {
    const study = await folder.read(smallStudy);
    const [arm] = armsOf(study);
    const conditions = conditionsOf(study, arm!, source);
    expect(conditions).toEqual({
      seed: 1,
      recipe: study.settings[0]!.recipe,
      evaluator: { kind: 'train', engine: 'native', numerics: '3' },
      dataset: { name: 'synthetic', hash: 'ab12' },
      plugins: {},
    });
    expect(JSON.stringify(conditions)).not.toContain(folder.path);
    expect(conditionsHash(conditions)).toMatch(/^[0-9a-f]{16}$/);
  });

  test('know nothing of what a cluster is asked for, nor does the plain form of the study', async () => {
    const study = await folder.read(smallStudy);
    const asking = await folder.read(`${smallStudy}slurm: { partition: gpu, workers: 16 }\n`);
    expect(asking.slurm).toEqual({ partition: 'gpu', workers: 16 });
    expect(hashes(asking)).toEqual(hashes(study));
    expect(studyRecord(asking)).toEqual(studyRecord(study));
  });

  test('are the same in a folder that was moved, and for the plain form of the study', async () => {
    folder.write('one.mjs', pluginText('one'));
    folder.write('two.mjs', pluginText('two'));
    const here = await folder.read(withPlugins);
    const elsewhere = new StudyFolder();
    try {
      cpSync(folder.path, elsewhere.path, { recursive: true });
      const moved = await readStudy(join(elsewhere.path, 'study.yaml'));
      expect(hashes(moved)).toEqual(hashes(here));
    } finally {
      elsewhere.remove();
    }
    const kept = studyRecordSchema.parse(JSON.parse(JSON.stringify(studyRecord(here))));
    expect(armsOf(kept).map((arm) => conditionsHash(conditionsOf(kept, arm, source)))).toEqual(
      Object.values(hashes(here)),
    );
  });

  test('of the arms that use a plugin change with its content, those of others do not', async () => {
    folder.write('one.mjs', pluginText('one'));
    folder.write('two.mjs', pluginText('two'));
    const before = hashes(await folder.read(withPlugins));
    const elsewhere = new StudyFolder();
    try {
      elsewhere.write('one.mjs', pluginText('one', 'changed'));
      elsewhere.write('two.mjs', pluginText('two'));
      const after = hashes(await elsewhere.read(withPlugins));
      expect(after.first).not.toBe(before.first);
      expect([after.second, after['AnyNetX-E']]).toEqual([before.second, before['AnyNetX-E']]);
    } finally {
      elsewhere.remove();
    }
  });

  test('of a program name its content', async () => {
    const study = await folder.read(`${smallStudy}evaluator: { command: [python3, train.py] }\n`);
    const command = ['python3', { name: 'train.py', sha256: 'cd34' }];
    const conditions = conditionsOf(study, armsOf(study)[0]!, { dataset: null, engine: null, command });
    expect(conditions).toMatchObject({ dataset: null, evaluator: { kind: 'command', command } });
  });

  test('conditionChanges(before, now) names each value that differs', async () => {
    const before = await folder.read(smallStudy);
    const now = await folder.read(smallStudy.replace('epochs: 1,', 'epochs: 2,'));
    const conditions = [before, now].map((study) => conditionsOf(study, armsOf(study)[0]!, source));
    expect(conditionChanges(conditions[0]!, { ...conditions[1]!, dataset: null })).toEqual([
      { key: 'recipe.epochs', before: 1, now: 2 },
      { key: 'dataset.name', before: 'synthetic', now: undefined },
      { key: 'dataset.hash', before: 'ab12', now: undefined },
      { key: 'dataset', before: undefined, now: null },
    ]);
  });

  test('conditionChanges(before, now) names the word of a command whose file changed', async () => {
    const study = await folder.read(smallStudy);
    const conditions = conditionsOf(study, armsOf(study)[0]!, source);
    const commandOf = (sha256: string) => ({
      ...conditions,
      evaluator: { kind: 'command', command: ['python3', { name: 'train.py', sha256 }, '--gpu'] },
    });
    expect(conditionChanges(commandOf('ab12'), commandOf('cd34'))).toEqual([
      { key: 'evaluator.command[1].sha256', before: 'ab12', now: 'cd34' },
    ]);
  });
});

describe('populationInputs(study, arm, images)', () => {
  test('are all that drawing uses, whatever trains the networks', async () => {
    folder.write('one.mjs', pluginText('one'));
    folder.write('two.mjs', pluginText('two'));
    const study = await folder.read(withPlugins);
    const other = await folder.read(`${withPlugins.replace('epochs: 1,', 'epochs: 2,')}engine: reference\n`);
    const images = { classes: 4, channels: 1, imageSize: 8 };
    const [first, , third] = armsOf(study).map((arm) => populationInputs(study, arm, images));
    expect(first!.request).toEqual({
      space: study.settings[0]!.spaces[0],
      regime: { flops: { low: 20_000, high: 80_000 } },
      count: 4,
      seed: 1,
      setting: { stem: { type: 'res_stem_cifar', width: 8 }, headWidth: 0, classes: 4, imageSize: 8, imageChannels: 1 },
    });
    expect(Object.keys(first!.plugins)).toEqual(['block one']);
    expect(third!.plugins).toEqual({});
    expect(populationInputs(other, armsOf(other)[0]!, images)).toEqual(first);
  });
});
