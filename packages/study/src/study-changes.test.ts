import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { pluginText, smallStudy, StudyFolder } from './fixtures/study-folder.js';
import { type StudyChanges, studyChanges, studyRecord, studyRecordSchema } from './index.js';

let folder: StudyFolder;
beforeEach(() => {
  folder = new StudyFolder();
});
afterEach(() => folder.remove());

/** What a run of the first text finds when its file has become the second. */
async function changes(before: string, now: string): Promise<StudyChanges> {
  const record = studyRecord(await folder.read(before));
  return studyChanges(studyRecordSchema.parse(JSON.parse(JSON.stringify(record))), await folder.read(now));
}

const settings = 'settings: [{ name: a }, { name: b, block: vr }]\n';

describe('studyChanges(before, now)', () => {
  test('of the same study are none', async () => {
    expect(await changes(`${smallStudy}${settings}`, `${smallStudy}${settings}`)).toEqual({ growth: [], changes: [] });
  });

  test('more networks, replicates, spaces and settings are growth', async () => {
    const now = smallStudy.replace('networks: 4', 'networks: 8').replace('RegNetX]', 'RegNetX, AnyNetX-E]');
    const { growth, changes: others } = await changes(
      `${smallStudy}settings: [{ name: a }]\n`,
      `${now}replicates: 2\nreplicated: 3\n${settings}`,
    );
    expect(others).toEqual([]);
    expect(growth).toEqual([
      { key: 'networks', before: 4, now: 8 },
      { key: 'replicates', before: 1, now: 2 },
      { key: 'replicated', before: undefined, now: 3 },
      { key: 'settings[1]', before: undefined, now: 'b' },
      { key: 'a: spaces[2]', before: undefined, now: 'AnyNetX-E' },
    ]);
  });

  test.each([
    ['seed', 'networks: 4', 'networks: 4\nseed: 2', 'seed', 1, 2],
    ['a regime', '80e3', '90e3', 'regime.flops.high', 80e3, 90e3],
    ['a stem', 'width: 8', 'width: 16', 'stem.width', 8, 16],
    ['a recipe', 'epochs: 1', 'epochs: 2', 'recipe.epochs', 1, 2],
    ['a dataset', 'trainImages: 64', 'trainImages: 128', 'dataset.trainImages', 64, 128],
  ])('%s that differs makes other networks or results', async (_, old, changed, key, before, now) => {
    const found = await changes(smallStudy, smallStudy.replace(old, changed));
    expect(found).toEqual({ growth: [], changes: [{ key, before, now }] });
  });

  test('a space of another definition, by what differs in it', async () => {
    const own = (high: number): string =>
      smallStudy.replace('RegNetX]', `{ name: own, extends: AnyNetX-E, parameters: { w: { high: ${high} } } }]`);
    expect(await changes(own(64), own(128))).toEqual({
      growth: [],
      changes: [{ key: 'own.parameters.w.high', before: 64, now: 128 }],
    });
  });

  test('the engine, the folder of images and the name of the study do not count', async () => {
    const cifar = smallStudy.replace(/dataset: .*/, 'dataset: { name: cifar10, directory: /images }');
    const moved = cifar.replace('/images', './photographs').replace('small', 'other');
    expect(await changes(cifar, `${moved}engine: reference\n`)).toEqual({ growth: [], changes: [] });
  });

  test('what decides only what is computed, and when a run ends, does not count', async () => {
    const keys = [
      'compare: all',
      'matched: true',
      'claims: [depth-is-stable]',
      'stop: { halfWidth: 1 }',
      'latency: { batchSizes: [2] }',
    ];
    expect(await changes(smallStudy, `${smallStudy}${keys.join('\n')}\n`)).toEqual({ growth: [], changes: [] });
  });

  test('a plugin counts where an arm uses it', async () => {
    const text = (plugin: string): string =>
      `${smallStudy.replace('RegNetX]', 'RegNetX, { name: own, extends: AnyNetX-E, block: one }]')}plugins: [${plugin}, ./idle.mjs]\n`;
    folder.write('one.mjs', pluginText('one'));
    folder.write('other/one.mjs', pluginText('one', 'changed'));
    folder.write('idle.mjs', pluginText('idle'));
    const before = await folder.read(text('./one.mjs'));
    folder.write('idle.mjs', pluginText('idle', 'changed'));
    const now = await folder.read(text('./other/one.mjs'));
    const [{ hash }, { hash: changed }] = [before.plugins[0]!, now.plugins[0]!];
    expect(studyChanges(before, now)).toEqual({
      growth: [],
      changes: [{ key: 'block one', before: hash, now: changed }],
    });
  });
});

describe('studyRecordSchema.parse(studyRecord(study))', () => {
  test('is the study but for what is loaded, without an absolute path', async () => {
    const study = await folder.read(
      smallStudy.replace(/dataset: .*/, 'dataset: { name: cifar10, directory: /images/all }'),
    );
    const record = JSON.parse(JSON.stringify(studyRecord(study))) as unknown;
    const { file, place, loaded, ...plain } = study;
    expect([file, place.studyDirectory, Object.keys(loaded.extensions.blocks)]).toEqual([
      `${folder.path}/study.yaml`,
      folder.path,
      [],
    ]);
    const dataset = { name: 'cifar10', directory: 'all' };
    expect(studyRecordSchema.parse(record)).toEqual({ ...plain, settings: [{ ...plain.settings[0], dataset }] });
  });

  test('a record of a netspace that knew fewer keys is read, with their defaults', async () => {
    const study = await folder.read(smallStudy);
    const { compare, matched, claims, ...earlier } = studyRecord(study);
    expect(studyRecordSchema.parse(earlier)).toEqual({ ...earlier, compare, matched, claims });
    expect(studyChanges(studyRecordSchema.parse(earlier), study)).toEqual({ growth: [], changes: [] });
  });

  test('a record that was edited is refused by its key', async () => {
    const { settings: own, ...record } = studyRecord(await folder.read(smallStudy));
    const keys = (value: unknown): unknown => studyRecordSchema.safeParse(value).error?.issues.map(({ path }) => path);
    expect(keys(record)).toEqual([['settings']]);
    expect(keys({ ...record, settings: own, networks: 'many' })).toEqual([['networks']]);
  });
});
