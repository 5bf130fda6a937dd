import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
// The built package: its workers load what it was built to.
import {
  drawReport,
  analyseRun,
  exportNetwork,
  openRun,
  openRunOf,
  type PipelineEvent,
  readAnalysis,
  readPopulations,
  runStudy,
} from '@netspace/orchestrator';
import { readStudy } from '@netspace/study';
import { loadPlugins } from '@netspace/plugins';
import { contentOf, temporaryFolder } from './fixtures/temporary-folder.js';
import { trainOnly } from './fixtures/train-only.js';
import { type TimelessRecord, timelessRecords, writeTiny } from './fixtures/tiny-study.js';

const folder = temporaryFolder();
const tiny = writeTiny(join(folder, 'tiny.yaml'));
const directory = join(folder, 'undisturbed');
const events: PipelineEvent[] = [];
let undisturbed: TimelessRecord[];

async function run(file: string, out: string, { resume = false } = {}) {
  return runStudy(await readStudy(file), { directory: out, workers: 1, resume });
}

beforeAll(async () => {
  const onEvent = (event: PipelineEvent): void => void events.push(event);
  await runStudy(await readStudy(tiny), { directory, workers: 1, onEvent });
  undisturbed = await timelessRecords(directory);
});

describe('runStudy(study, options)', () => {
  test('says by events how it goes, from the drawing of networks to the report', () => {
    const kinds = [...new Set(events.map(({ kind }) => kind))];
    expect(kinds).toEqual([
      ...['sampling', 'sampled', 'evaluator', 'planning', 'planned', 'training', 'started', 'progress', 'epoch'],
      ...['trained', 'fitting', 'analysed', 'drawing', 'drawn'],
    ]);
    const epochs = events.flatMap((event) => (event.kind === 'epoch' ? [event.epoch.epoch] : []));
    expect(epochs).toEqual([1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2]);
    const drawing = events.flatMap((event) => (event.kind === 'drawing' ? [event] : []));
    expect(drawing.map(({ done }) => done)).toEqual(drawing.map((_, index) => index + 1));
    // The page is drawn last, and is no figure.
    const drawn = events.filter(({ kind }) => kind === 'drawn').length - 1;
    expect(drawing.map(({ total }) => total)).toEqual(new Array(drawn).fill(drawn));
  });

  test('trains by index across the arms, so that a part of a run is a sample of each', () => {
    const order = events.flatMap((event) => (event.kind === 'started' ? [event.task] : []));
    const indexes = order.map(({ network }) => network.index);
    expect(indexes.slice(0, 4)).toEqual([0, 0, 1, 1]);
    expect(order.slice(0, 2).map(({ arm }) => arm)).toEqual(['AnyNetX-E', 'RegNetX']);
  });

  test('gives the same results with two workers', async () => {
    const out = join(folder, 'two-workers');
    expect(await trainOnly(tiny, out, { workers: 2 })).toMatchObject({ trained: 6, failed: 0 });
    expect(await timelessRecords(out)).toEqual(undisturbed);
  });

  test('interrupted, it keeps what is done; with resume the rest is trained, and all is as if undisturbed', async () => {
    const out = join(folder, 'interrupted');
    const controller = new AbortController();
    const study = await readStudy(tiny);
    const onEvent = (event: PipelineEvent): void => {
      if (event.kind === 'trained' && event.done === 2) controller.abort();
    };
    const interrupted = runStudy(study, { directory: out, workers: 1, signal: controller.signal, onEvent });
    await expect(interrupted).rejects.toThrow(/interrupted: 2 of 6 networks are trained and kept/);
    const before = contentOf(out);
    await expect(run(tiny, out)).rejects.toThrow('2 trainings are made already (valid: --resume');
    expect(contentOf(out)).toEqual(before);
    expect(await trainOnly(tiny, out, { resume: true })).toMatchObject({ trained: 4, failed: 0 });
    expect(await timelessRecords(out)).toEqual(undisturbed);
  });

  test('grows: more networks, spaces and replicates train only what is new', async () => {
    const out = join(folder, 'growing');
    cpSync(directory, out, { recursive: true });
    const more = writeTiny(
      join(folder, 'more.yaml'),
      ['networks: 3', 'networks: 4\nreplicates: 2'],
      ['[AnyNetX-E, RegNetX]', '[AnyNetX-E, RegNetX, AnyNetX-A]'],
    );
    expect(await trainOnly(more, out, { resume: true })).toMatchObject({ trained: 3 * 4 * 2 - 6, failed: 0 });
    const records = await timelessRecords(out);
    expect(records).toHaveLength(24);
    expect(records).toEqual(expect.arrayContaining(undisturbed));
    // A second training has another seed, so another result.
    const [first, second] = records.filter(({ id }) => id === undisturbed[0]!.id);
    expect(first!.seed).not.toBe(second!.seed);
    const { populations } = await readPopulations(await openRun(out));
    const before = (await readPopulations(await openRun(directory))).populations;
    expect(populations[0]!.networks.slice(0, 3)).toEqual(before[0]!.networks);
  });

  test.each([
    ['epochs: 2', 'epochs: 3', 'recipe.epochs: 2 then, 3 now'],
    ['name: tiny', 'name: tiny\nseed: 2', 'seed: 1 then, 2 now'],
    ['20e3, 80e3', '20e3, 90e3', 'regime.flops.high: 80000 then, 90000 now'],
    ['width: 8', 'width: 16', 'stem.width: 8 then, 16 now'],
  ])(
    'refuses to go on where %s has become %s, names what differs, and alters nothing',
    async (from, to, difference) => {
      const changed = writeTiny(join(folder, 'changed.yaml'), [from, to]);
      const before = contentOf(directory);
      for (const resume of [false, true]) {
        await expect(run(changed, directory, { resume })).rejects.toThrow(
          `6 trainings are made, and the study has changed since: ${difference} (valid: the study as it was, or another --out)`,
        );
      }
      expect(contentOf(directory)).toEqual(before);
    },
  );

  test('stops once its comparison is narrow enough, stays so, and goes on without the rule', async () => {
    const out = join(folder, 'stopping');
    const write = (name: string, rule: string): string =>
      writeTiny(join(folder, name), ['networks: 3', `networks: 12${rule}`]);
    const stopping = write('stopping.yaml', '\nstop: { halfWidth: 99 }');
    const watch = async (resume: boolean): Promise<{ trained: number; ends: PipelineEvent[] }> => {
      const ends: PipelineEvent[] = [];
      const onEvent = (event: PipelineEvent): void => {
        if (event.kind === 'enough' || event.kind === 'compared') ends.push(event);
      };
      const { trained } = await runStudy(await readStudy(stopping), { directory: out, workers: 2, resume, onEvent });
      return { trained, ends };
    };
    const first = await watch(false);
    expect(first.trained).toBeLessThan(24);
    expect(first.ends).toEqual([
      { kind: 'enough', left: 24 - first.trained },
      {
        kind: 'compared',
        comparisons: [expect.objectContaining({ first: 'AnyNetX-E', other: 'RegNetX' })],
        rule: { halfWidth: 99, confidence: 0.95 },
      },
    ]);
    expect(await watch(true)).toEqual({ ...first, trained: 0 });
    expect((await trainOnly(write('going-on.yaml', ''), out, { resume: true })).trained).toBe(24 - first.trained);
  });

  test('grows by a setting: the one that was there keeps its results', async () => {
    const out = join(folder, 'new-setting');
    cpSync(directory, out, { recursive: true });
    const settings = 'settings: [{ name: base }, { name: long, recipe: { epochs: 3 } }]\nrecipe:';
    const grown = writeTiny(join(folder, 'new-setting.yaml'), ['recipe:', settings]);
    const { trained, analysis } = await run(grown, out, { resume: true });
    expect(trained).toBe(6);
    const counts = analysis.arms.map(({ name, counts: { trained: done } }) => [name, done]);
    expect(counts).toEqual(['base/AnyNetX-E', 'base/RegNetX', 'long/AnyNetX-E', 'long/RegNetX'].map((arm) => [arm, 3]));
  });

  test('shrinks by a space: its populations and figures are those of the study as it is, and nothing is trained twice', async () => {
    const out = join(folder, 'shrinking');
    cpSync(directory, out, { recursive: true });
    const figures = (): string[] => readdirSync(join(out, 'figures')).filter((name) => name.includes('anynetx-e'));
    expect(figures()).not.toEqual([]);
    const fewer = writeTiny(join(folder, 'fewer.yaml'), ['[AnyNetX-E, RegNetX]', '[RegNetX]']);
    expect(await run(fewer, out, { resume: true })).toMatchObject({ trained: 0, failed: 0 });
    expect(readdirSync(join(out, 'populations'))).toEqual(['RegNetX.json']);
    expect(figures()).toEqual([]);
    expect(await trainOnly(tiny, out, { resume: true })).toMatchObject({ trained: 0, failed: 0 });
    expect(await timelessRecords(out)).toEqual(undisturbed);
  });

  test('refuses images of which one pixel has changed, and names the dataset', async () => {
    const out = join(folder, 'pixel');
    cpSync(directory, out, { recursive: true });
    // Another seed of made-up images is another content under the same name.
    const other = writeTiny(join(folder, 'pixel.yaml'), ['difficulty: 0.2, seed: 1', 'difficulty: 0.2, seed: 2']);
    await expect(run(other, out, { resume: true })).rejects.toThrow('dataset.seed: 1 then, 2 now');
  });

  test('gives each setting its own results, and refuses none of the others', async () => {
    const out = join(folder, 'settings');
    const settings = writeTiny(join(folder, 'settings.yaml'), [
      'networks: 3',
      'networks: 2\nsettings: [{ name: short, recipe: { epochs: 1 } }, { name: long }]',
    ]);
    const { analysis } = await run(settings, out);
    expect(analysis.arms.map(({ name }) => name)).toEqual([
      ...['short/AnyNetX-E', 'short/RegNetX', 'long/AnyNetX-E', 'long/RegNetX'],
    ]);
    expect(analysis.comparisons.map(({ first, other }) => [first, other])).toEqual([
      ['short/AnyNetX-E', 'short/RegNetX'],
      ['short/AnyNetX-E', 'long/AnyNetX-E'],
      ['long/AnyNetX-E', 'long/RegNetX'],
      ['short/RegNetX', 'long/RegNetX'],
    ]);
    const records = await timelessRecords(out);
    expect(records.filter(({ arm }) => arm.startsWith('short')).map(({ epochs }) => epochs.length)).toEqual([
      1, 1, 1, 1,
    ]);
    // The same networks from the same seeds: the first settings of a study without settings are its own.
    const long = records.filter(({ arm }) => arm.startsWith('long'));
    for (const { id, error } of long) expect(undisturbed.find((one) => one.id === id)?.error).toBe(error);
  });
});

describe('a run folder', () => {
  test('is read elsewhere, without the study file', async () => {
    const copy = join(folder, 'copy');
    cpSync(directory, copy, { recursive: true });
    const { content, arms } = await openRun(copy);
    expect(content.study.name).toBe('tiny');
    expect(arms.map(({ name }) => name)).toEqual(['AnyNetX-E', 'RegNetX']);
    const text = readFileSync(join(copy, 'run.json'), 'utf8');
    expect(text).not.toContain(folder);
  });

  test('that goes on is not reported with an analysis of fewer trainings', async () => {
    const copy = join(folder, 'goes-on');
    cpSync(directory, copy, { recursive: true });
    const file = join(copy, 'records', 'local.jsonl');
    const lines = readFileSync(file, 'utf8');
    writeFileSync(file, lines.slice(0, lines.indexOf('\n') + 1));
    const run = await openRun(copy);
    expect((await analyseRun(run)).arms.map(({ counts }) => counts.trained)).toEqual([1, 0]);
    writeFileSync(file, lines);
    await expect(drawReport(run)).rejects.toThrow(
      /analysis\.json: was made from something else: .*trainings: 1 then, 6 now.*netspace study analyse/,
    );
    await analyseRun(run);
    expect((await readAnalysis(run)).arms.map(({ counts }) => counts.trained)).toEqual([3, 3]);
  });

  test('that was edited is refused with its file', async () => {
    const edited = join(folder, 'edited');
    cpSync(directory, edited, { recursive: true });
    const file = join(edited, 'populations', 'RegNetX.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"depth": 1', '"depth": 2'));
    const run = await openRun(edited);
    await expect(readPopulations(run)).rejects.toThrow(/RegNetX\.json: was edited after it was written/);
  });
});

test('exportNetwork(study, run, options) asks for the arm where several settings have the network', async () => {
  const settings = await readStudy(join(folder, 'settings.yaml'));
  const run = await openRunOf(settings, join(folder, 'settings'));
  const id = (await readPopulations(run)).populations[0]!.networks[0]!.id;
  const exported = (networkId: string) => exportNetwork(settings, run, { networkId, format: 'saved-model' });
  await expect(exported(id)).rejects.toThrow(
    `network: ${id} is trained in several settings (valid: short/AnyNetX-E/${id}, long/AnyNetX-E/${id})`,
  );
  const { description, record } = await exported(`long/AnyNetX-E/${id}`);
  expect(description).toMatchObject({ arm: 'long/AnyNetX-E', error: (record as { error: number }).error });
});

test('drawReport(run, { onEvent }) ends with what its listener throws', async () => {
  const onEvent = ({ kind }: PipelineEvent): void => {
    if (kind === 'drawing') throw new Error('the listener broke');
  };
  await expect(drawReport(await openRun(directory), { onEvent })).rejects.toThrow('the listener broke');
});

test('drawReport(run, { plugins }) names the module of a figure that cannot be drawn', async () => {
  const copy = join(folder, 'figures');
  cpSync(directory, copy, { recursive: true });
  writeFileSync(
    join(folder, 'odd.mjs'),
    "export const figures = { odd: () => [{ name: 'odd', title: 't', caption: 'c', spec: { mark: 'nonsense' } }] };\n",
  );
  const { modules: plugins } = await loadPlugins(['./odd.mjs'], folder);
  const run = await openRun(copy);
  await expect(drawReport(run, { plugins })).rejects.toThrow(/odd\.mjs: figures\.odd: .*cannot be drawn/);
});

test('analyseRun(run) refuses conditions that were edited', async () => {
  const edited = join(folder, 'edited-conditions');
  cpSync(directory, edited, { recursive: true });
  const conditions = join(edited, 'conditions');
  const file = join(conditions, readdirSync(conditions)[0]!);
  writeFileSync(file, readFileSync(file, 'utf8').replace('"epochs": 2', '"epochs": 3'));
  await expect(analyseRun(await openRun(edited))).rejects.toThrow(/conditions.*was edited after it was written/);
});
