import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buildGraph, initialState, shippedArchitecture } from '@netspace/model-builder';
import { saveModel } from '@netspace/tensorflow-export';
import { fixture, netspace } from './fixtures/netspace.js';
import { readNetwork } from './network-file.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netspace-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** RegNetX-400MF as pycls publishes it: 397,678,568 flops, 5,157,512 params, 3,143,272 acts. */
const pycls = `MODEL: { TYPE: regnet, NUM_CLASSES: 1000 }
REGNET: { DEPTH: 22, W0: 24, WA: 24.48, WM: 2.54, GROUP_W: 16 }
`;

const own = `block: x
stages:
  - { depth: 1, width: 24, groupWidth: 8 }
  - { depth: 2, width: 56, groupWidth: 8 }
`;

describe('netspace', () => {
  test.each(['--version', '-V'])('%s says its version', async (flag) => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(await netspace(flag)).toMatchObject({ status: 0, output: `${version}\n` });
  });

  test('complexity reads a pycls configuration', async () => {
    const { status, output } = await netspace('complexity', write('pycls.yaml', pycls));
    expect([status, output]).toEqual([0, 'flops 397678568\nparams 5157512\nacts 3143272\n']);
  });

  test('complexity --json --layers sums over the layers', async () => {
    const { output } = await netspace('complexity', write('own.yaml', own), '--layers', '--json');
    const { flops, layers } = JSON.parse(output) as { flops: number; layers: { flops: number }[] };
    expect(layers.reduce((sum, layer) => sum + layer.flops, 0)).toBe(flops);
  });

  test('complexity --layers prints a table with the total', async () => {
    const file = write('own.yaml', own);
    const { output } = await netspace('complexity', file, '--layers');
    expect(output).toMatch(/^layer +operation +output +flops +params +acts\nstem\.conv +conv /);
    const total = /^total +(\d+) +(\d+) +(\d+)$/m.exec(output)?.slice(1);
    const { output: alone } = await netspace('complexity', file);
    expect(total).toEqual(alone.match(/\d+/g));
  });

  test('complexity --latency measures a pass of so many images, and names the engine', async () => {
    const file = write('own.yaml', own);
    const { status, output } = await netspace('complexity', file, '--latency', '--batch', '3');
    expect(status).toBe(0);
    expect(output).toMatch(/^flops \d+\nparams \d+\nacts \d+\nlatency \S+ ms for 3 images, \S+ images\/s\n/);
    expect(output).toMatch(/engine (native|tfjs|reference): /);
    const { output: json } = await netspace('complexity', file, '--latency', '--batch', '3', '--json');
    const { latency } = JSON.parse(json) as { latency: { milliseconds: { median: number }; imagesPerSecond: number } };
    expect(latency.imagesPerSecond).toBeCloseTo(3000 / latency.milliseconds.median, 6);
  });

  test('complexity --kernels says what computes each convolution, by the engine that is asked', async () => {
    const file = write('own.yaml', own);
    const { status, output, errors } = await netspace('complexity', file, '--kernels', '--engine', 'native');
    if (errors.includes('not available')) return;
    expect(status).toBe(0);
    expect(output).toMatch(/^layer +algorithm +forward +gradient of the input +gradient of the weights$/m);
    // Registers of 512 bits hold two groups of eight, which lie interleaved.
    expect(output).toMatch(/^s1\.b1\.f\.b +(direct|interleaved) +rows 3x1 +spread rows 3x1 +rows 3x1$/m);
    const { output: json } = await netspace('complexity', file, '--kernels', '--json', '--engine', 'native');
    const { kernels } = JSON.parse(json) as { kernels: { layer: string; forward: { tiles: number[] } }[] };
    expect(kernels.find(({ layer }) => layer === 's2.b1.f.b')!.forward.tiles).toEqual([1, 1, 1, 1, 1, 1, 1]);
    const refused = await netspace('complexity', file, '--kernels', '--engine', 'reference');
    expect(refused.errors).toMatch(/^netspace: engine: reference does not choose among kernels \(valid: native\)/);
  });

  test('complexity says what is wrong with a network, and where', async () => {
    const { status, errors } = await netspace(
      'complexity',
      write('bad.yaml', own.replace('56, groupWidth: 8', '56, groupWidth: 5')),
    );
    expect(status).toBe(1);
    expect(errors).toMatch(/^netspace: .*bad\.yaml:4: stages\[1\]\.groupWidth: got 5 \(valid: /);
  });

  test('fit finds the rule that made a RegNet', async () => {
    const { status, output } = await netspace('fit', write('pycls.yaml', pycls), '--json');
    expect(status).toBe(0);
    const rule = JSON.parse(output) as { depth: number; fitError: number };
    expect(rule.depth).toBe(22);
    expect(rule.fitError).toBeLessThan(0.05);
  });

  test.each([
    ['layers-model', ['model.json', 'weights.bin']],
    ['graph-model', ['model.json', 'weights.bin']],
    ['saved-model', ['saved_model.pb']],
  ])('export writes a %s', async (format, files) => {
    const out = join(folder, 'models', format);
    const { status, output } = await netspace('export', write('own.yaml', own), '--format', format, '--out', out);
    expect([status, output]).toEqual([0, `Model: ${out} (${format}, initial weights)\n`]);
    expect(readdirSync(out)).toEqual(files);
  });

  test('export draws the initial weights from the seed', async () => {
    const [file, out, expected] = [write('own.yaml', own), join(folder, 'seeded'), join(folder, 'expected')];
    await netspace('export', file, '--format', 'graph-model', '--out', out, '--seed', '7');
    const graph = buildGraph(readNetwork(file, shippedArchitecture));
    await saveModel('graph-model', graph, initialState(graph, 7), expected);
    expect(readFileSync(join(out, 'weights.bin'))).toEqual(readFileSync(join(expected, 'weights.bin')));
  });

  test('export says which formats there are, and where it cannot write', async () => {
    const file = write('own.yaml', own);
    const unknown = await netspace('export', file, '--format', 'onnx', '--out', folder);
    expect([unknown.status, unknown.errors]).toEqual([
      2,
      expect.stringContaining('Allowed choices are layers-model, graph-model, saved-model'),
    ]);
    const occupied = await netspace('export', file, '--format', 'graph-model', '--out', file);
    expect([occupied.status, occupied.errors]).toEqual([
      1,
      expect.stringMatching(/^netspace: .*own\.yaml: cannot be written: EEXIST/),
    ]);
  });

  test('spaces lists the ladder of the paper; with a name it prints the definition', async () => {
    const { output } = await netspace('spaces');
    for (const name of ['AnyNetX-A', 'AnyNetX-E', 'RegNetX', 'RegNetY']) expect(output).toContain(name);
    const { output: definition } = await netspace('spaces', 'AnyNetX-B');
    expect(JSON.parse(definition)).toMatchObject({ name: 'AnyNetX-B', shared: ['b'] });
    const unknown = await netspace('spaces', 'AnyNetX-Z');
    expect([unknown.status, unknown.errors]).toEqual([
      1,
      expect.stringContaining('got "AnyNetX-Z"; did you mean "AnyNetX-A"? (valid: AnyNetX-A, '),
    ]);
  });

  test('spaces prints a definition as YAML that reads back as the same space, also of a file with a plugin', async () => {
    const plugin = write(
      'two.mjs',
      `export const distributions = { two: {
      valueCount: () => 2,
      sampler: ({ low, high }) => (random) => (random.integer(0, 1) === 0 ? low : high),
    } };`,
    );
    const own = write(
      'own-space.yaml',
      'name: own\nextends: AnyNetX-E\nparameters: { d: { distribution: two, low: 1, high: 4 } }\n',
    );
    const printed = await netspace('spaces', own, '--yaml', '--plugin', plugin);
    expect([printed.status, printed.errors]).toEqual([0, '']);
    const [first, second] = [
      await netspace('spaces', own, '--plugin', plugin),
      await netspace('spaces', write('again.yaml', printed.output), '--plugin', plugin),
    ];
    expect(JSON.parse(first.output)).toMatchObject({ name: 'own', parameters: { d: { distribution: 'two' } } });
    expect(JSON.parse(second.output)).toEqual(JSON.parse(first.output));
  });

  test('engines names every engine; the reference is always there', async () => {
    const { status, output } = await netspace('engines');
    expect(status).toBe(0);
    expect(output).toMatch(/^native +(available|not available)/m);
    expect(output).toMatch(/^reference +available/m);
  });

  test('verify prints a line a file and fails past the tolerance', async () => {
    const row = { w_a: 36.44, w_0: 24, w_m: 2.49, d: 13, q: 8, widths: [24, 56, 152, 368], depths: [1, 1, 4, 7] };
    const blocks = [24, 56, 152, 152, 152, 152, 368, 368, 368, 368, 368, 368, 368];
    const rest = { num_stages: 4, total_stages: 4, block_widths: blocks };
    const file = write('regnet_widths.json', JSON.stringify([{ ...row, ...rest }]));
    const passed = await netspace('verify', folder, '--engine', 'reference');
    expect([passed.status, passed.output]).toEqual([
      0,
      expect.stringContaining('ok     regnet_widths.json: 1 cases; worst error 0 of 0 allowed'),
    ]);
    writeFileSync(file, JSON.stringify([{ ...row, ...rest, widths: [24, 56, 152, 376] }]));
    const failed = await netspace('verify', folder, '--engine', 'reference');
    expect([failed.status, failed.output]).toEqual([
      1,
      expect.stringMatching(/^FAILED regnet_widths\.json: 1 cases; worst error 8/m),
    ]);
  });

  test('a password is not printed where the command line is wrong', async () => {
    const file = fixture('tiny.yaml');
    for (const args of [
      ['sample', file, '--queue=redis://:secret@host'],
      ['run', 'redis://lab:secret@host'],
    ]) {
      const { status, output, errors } = await netspace('study', ...args);
      expect(status).toBeGreaterThan(0);
      expect(output + errors).toContain('redis://***@host');
      expect(output + errors).not.toContain('secret');
    }
  });

  test('an unknown command or engine says what there is', async () => {
    const misspelt = await netspace('studdy');
    expect([misspelt.status, misspelt.errors]).toEqual([2, expect.stringContaining("unknown command 'studdy'")]);
    const { status, errors } = await netspace('verify', folder, '--engine', 'cuda');
    expect([status, errors]).toEqual([1, expect.stringContaining('engine: got "cuda" (valid: auto, native, ')]);
  });
});
