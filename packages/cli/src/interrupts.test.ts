import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fixture, netspace, resultOf, startNetspace } from './fixtures/netspace.js';

/** Things that never end: a figure, images, an engine whose passes are endless in number. Each says that it has begun. */
const endless = `import { writeFileSync } from 'node:fs';
const begin = () => writeFileSync(new URL('begun', import.meta.url), '');
export const figures = { endless: () => { begin(); for (;;); } };
export const datasets = { endless: {
  describe: () => ({ classes: 4, channels: 1, imageSize: 8 }),
  load: () => { begin(); setInterval(() => undefined, 1000); return new Promise(() => undefined); },
} };
export const engines = { endless: { load: () => ({ available: true, engine: {
  ...{ name: 'endless', description: 'slow', numerics: '1', instructionSet: 'portable' },
  compile: async () => ({ memoryBytes: 0, setState() {}, dispose() {}, infer: async () => {
    begin();
    for (const start = performance.now(); performance.now() - start < 300; );
  } }),
} }) } };
export const evaluators = { one: () => ({ description: 'one', instructionSet: null, close: async () => undefined,
  evaluate: async () => ({ status: 'completed', error: 1, top5Error: null, validationError: null, epochs: [], seconds: 0, imagesPerSecond: null }),
}) };
`;

let folder: string;
let study: string;
/** A run that is analysed, without a figure that is endless. */
let analysed: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'netspace-'));
  writeFileSync(join(folder, 'endless.mjs'), endless);
  study = write('study.yaml');
  writeFileSync(join(folder, 'plain.mjs'), endless.replace(/^export const figures.*$/m, ''));
  const plain = write('plain.yaml', [/plugins.*/, `plugins: [./plain.mjs]`]);
  analysed = join(folder, 'analysed');
  for (const step of ['sample', 'train', 'analyse']) {
    expect((await netspace('study', step, plain, '--out', analysed)).status).toBe(0);
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes the tiny study with the plugin and an evaluator that takes no time, with other text in places. */
function write(name: string, ...changes: readonly (readonly [string | RegExp, string])[]): string {
  const tiny = `${readFileSync(fixture('tiny.yaml'), 'utf8')}plugins: [./endless.mjs]\nevaluator: { name: one }\n`;
  const file = join(folder, name);
  writeFileSync(
    file,
    changes.reduce((text, [from, to]) => text.replace(from, to), tiny),
  );
  return file;
}

/** Starts a command, interrupts it where it has begun with what is endless, and says how it ended and what it left. */
async function interrupt(signal: NodeJS.Signals, ...args: readonly string[]) {
  const begun = join(folder, 'begun');
  rmSync(begun, { force: true });
  const child = startNetspace(args);
  const ended = resultOf(child);
  while (!existsSync(begun) && child.exitCode === null) await setTimeout(20);
  child.kill(signal);
  return ended;
}

describe.each<NodeJS.Signals>(['SIGINT', 'SIGTERM'])(
  '%s ends what would never end, with the line that goes on:',
  (signal) => {
    test('a report whose figure computes without end, and leaves the run as it was', async () => {
      const out = join(folder, `report-${signal}`);
      cpSync(analysed, out, { recursive: true });
      const before = readdirSync(out, { recursive: true }).sort();
      const { status, errors } = await interrupt(
        ...([signal, 'study', 'report', out, '--plugin', join(folder, 'endless.mjs')] as const),
      );
      expect([status, errors]).toEqual([
        130,
        expect.stringContaining(`To go on: netspace study report ${out} --plugin ${join(folder, 'endless.mjs')}\n`),
      ]);
      expect(readdirSync(out, { recursive: true }).sort()).toEqual(before);
    });

    test('a run whose images are never there, and leaves no lock', async () => {
      const out = join(folder, `images-${signal}`);
      const file = write('images.yaml', [/\{ name: synthetic.*\}/, '{ name: endless }'], [/evaluator.*/, '']);
      const { status, errors } = await interrupt(signal, 'study', 'run', file, '--out', out);
      expect([status, errors]).toEqual([
        130,
        expect.stringContaining(`To go on: netspace study run ${file} --out ${out} --resume\n`),
      ]);
      expect(readdirSync(out).sort()).toEqual(['populations', 'run.json']);
    });

    test('the measuring of inference times', async () => {
      const out = join(folder, `latency-${signal}`);
      expect((await netspace('study', 'sample', study, '--out', out)).status).toBe(0);
      const { status, errors } = await interrupt(
        ...([signal, 'study', 'latency', study, '--engine', 'endless', '--out', out] as const),
      );
      expect([status, errors]).toEqual([
        130,
        expect.stringContaining(`To go on: netspace study latency ${study} --out ${out} --engine endless\n`),
      ]);
      expect(readdirSync(out).sort()).toEqual(['populations', 'run.json']);
    });
  },
);

test.each<NodeJS.Signals>(['SIGINT', 'SIGTERM'])(
  '%s in the middle of a training keeps where it is; the line that goes on goes on there',
  async (signal) => {
    const out = join(folder, `training-${signal}`);
    const changes = [
      ['networks: 3', 'networks: 2'],
      ['epochs: 2', 'epochs: 400'],
      // Its figure is endless.
      [/plugins.*/, ''],
      [/evaluator.*/, ''],
    ] as const;
    const file = write('training.yaml', ...changes);
    const command = ['study', 'run', file, '--out', out, '--workers', '2'];
    const start = performance.now();
    const child = startNetspace(command);
    const ended = resultOf(child);
    const records = join(out, 'records', 'local.jsonl');
    while (child.exitCode === null && !(existsSync(records) && readFileSync(records).length > 0)) await setTimeout(20);
    // One network is trained; others are under way after a part of the time that it took.
    await setTimeout((performance.now() - start) / 10);
    child.kill(signal);
    expect(await ended).toMatchObject({
      status: 130,
      errors: expect.stringMatching(/interrupted: [12] of 4 networks/),
    });
    expect(readdirSync(join(out, 'checkpoints')).length).toBeGreaterThan(0);
    const { status, errors } = await netspace(...command, '--resume');
    expect([status, errors]).toEqual([0, expect.stringMatching(/^\w.* goes on in epoch \d+, after \d steps$/m)]);
    expect(readdirSync(join(out, 'checkpoints'))).toEqual([]);
  },
);
