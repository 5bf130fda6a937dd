import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parseConfig } from '@netspace/config-file';
import type { Refinement } from '@netspace/contracts';
import { designSpaceListSchema } from '@netspace/design-space';
import { netspace, resultOf, startNetspace } from './fixtures/netspace.js';

const example = fileURLToPath(new URL('../../../examples/refine/', import.meta.url));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netspace-refine-'));
  cpSync(example, folder, { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The study of the example with a smaller budget, and what else it says. */
function write(name: string, change: (text: string) => string = (text) => text): string {
  const file = join(folder, `${name}.yaml`);
  const text = readFileSync(join(example, 'study.yaml'), 'utf8');
  writeFileSync(
    file,
    change(
      text
        .replace('flops: [0.8e6, 1.2e6]', 'flops: [10e6, 40e6]')
        .replace('networks: 100 #', 'networks: 60 #')
        .replace('networks: 800', 'networks: 180'),
    ),
  );
  return file;
}

const refine = (file: string, out: string, ...args: readonly string[]) =>
  netspace('refine', file, '--out', join(folder, out), '--workers', '1', ...args);

function refinementOf(out: string): Refinement {
  return (JSON.parse(readFileSync(join(folder, out, 'refinement.json'), 'utf8')) as { content: Refinement }).content;
}

const recordsOf = (out: string): string[] =>
  readFileSync(join(folder, out, 'records/local.jsonl'), 'utf8')
    .trimEnd()
    .split('\n');

describe('netspace refine STUDY', () => {
  test('comes to a chain of spaces with its evidence, which --explain tells', async () => {
    const file = write('whole');
    const { status, output } = await refine(file, 'whole', '--workers', '2');
    expect(status).toBe(0);
    expect(output).toMatch(/^Step 1: AnyNetX-A \(16 degrees of freedom, 10\^18\.3 settings\); 60 trained networks/m);
    expect(output).toMatch(/^AnyNetX-A-1 +\S.* helps +−\d\.\d\d \(−\d\.\d\d to −\d\.\d\d\)/m);
    const { spaces, steps, trainings, final } = refinementOf('whole');
    expect(spaces.length).toBeGreaterThan(1);
    expect(trainings).toBe(recordsOf('whole').length);
    expect(final.map(({ errors }) => errors.length)).toEqual(spaces.map(() => 40));
    const written = readFileSync(join(folder, 'whole/refined.yaml'), 'utf8');
    const read = parseConfig(written, 'refined.yaml', designSpaceListSchema());
    expect(read.map(({ name }) => name)).toEqual(spaces.map(({ name }) => name));
    const page = readFileSync(join(folder, 'whole/report.html'), 'utf8');
    for (const { name } of spaces) expect(page).toContain(`>${name}<`);
    for (const { name } of steps[0]!.proposals) expect(page).toContain(`>${name}<`);

    const chain = output.slice(output.indexOf('\nspace '), output.indexOf('Spaces: '));
    expect(await refine(file, 'whole', '--explain')).toMatchObject({ status: 0, output: chain });
    const explained = await refine(file, 'whole', '--explain', '1');
    expect(explained.status).toBe(0);
    for (const { name } of steps[0]!.proposals) expect(explained.output).toContain(`\n${name} `);
    expect(await refine(file, 'whole', '--explain', '9')).toMatchObject({
      status: 1,
      errors: `netspace: --explain: there is no step 9 (valid: 1 to ${steps.length})\n`,
    });
  });

  test('decides by validation errors where there are some, and tells test errors of the end', async () => {
    const oracle = readFileSync(join(example, 'oracle.mjs'), 'utf8');
    const validated = oracle.replace(
      'error: expectedError(network) + normal(seed) / 2, ...nothingElse',
      'error: 50, ...nothingElse, validationError: expectedError(network) + normal(seed) / 2',
    );
    expect(validated).not.toBe(oracle);
    writeFileSync(join(folder, 'validated.mjs'), validated);
    const file = write('validated', (text) => text.replace('./oracle.mjs', './validated.mjs'));
    expect((await refine(file, 'validated')).status).toBe(0);
    const { spaces, steps, final } = refinementOf('validated');
    expect({ spaces, steps }).toEqual({ spaces: refinementOf('whole').spaces, steps: refinementOf('whole').steps });
    expect(new Set(final.flatMap(({ errors }) => errors))).toEqual(new Set([50]));
  });

  test('goes on where it was interrupted, to the chain that two workers came to at once, and trains nothing twice', async () => {
    const file = write('again');
    const child = startNetspace(['refine', file, '--out', join(folder, 'again'), '--workers', '1']);
    let isInterrupted = false;
    const { status } = await resultOf(child, (errors) => {
      if (isInterrupted || !errors.includes('train 30/')) return;
      isInterrupted = true;
      child.kill('SIGINT');
    });
    expect(status).toBe(130);
    const before = recordsOf('again');
    expect(before.length).toBeGreaterThanOrEqual(30);
    expect((await refine(file, 'again')).errors).toContain('--resume to train the others, or another --out');
    expect((await refine(file, 'again', '--resume')).status).toBe(0);
    expect(refinementOf('again')).toEqual(refinementOf('whole'));
    const after = recordsOf('again');
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after).toHaveLength(refinementOf('again').trainings);
  });

  test('--propose lists what would be tried, trains no more, and tells which names are none of a proposal', async () => {
    const names = ['--accept', 'share-bb', '--reject', 'share-b'];
    const { status, output } = await refine(write('proposed'), 'proposed', '--propose', ...names);
    expect(status).toBe(0);
    expect(output).toMatch(/^rising-w +w never decreases +helps +−\d\.\d\d .* worth trying$/m);
    expect(output).toMatch(/^parameter +tells of the best fifth +p$/m);
    expect(output).toMatch(/^Never proposed, and so neither accepted nor rejected: share-bb\.$/m);
    expect(output).not.toMatch(/^share-b /m);
    expect(recordsOf('proposed')).toHaveLength(60);
  });

  test('takes what a person accepts, and own proposals and kinds of refinements of a plugin', async () => {
    writeFileSync(
      join(folder, 'kind.mjs'),
      `export const refinements = { halves: ({ space }) => [
          { name: 'half-depth', statement: 'a stage has at most ' + space.parameters.d.high / 2 + ' blocks', change: { parameters: { d: { high: space.parameters.d.high / 2 } } } },
        ] };`,
    );
    const own =
      "  proposals: [{ name: wide-end, statement: the last stage is wide, change: { constraints: ['w[4] >= 64'] } }]\n";
    const file = write('steered', (text) => `${text.replace('./oracle.mjs', './oracle.mjs, ./kind.mjs')}${own}`);
    const accepted = ['--accept', 'half-depth', '--accept', 'wide-end'];
    const { status, output } = await refine(file, 'steered', '--propose', ...accepted);
    expect(status).toBe(0);
    expect(output).toMatch(/Step \d+, from AnyNetX-A-\d/);
    const text = readFileSync(join(folder, 'steered/refined.yaml'), 'utf8');
    expect(text).toContain('  constraints:\n    - "w[4] >= 64"\n');
    expect(text).toContain('  parameters:\n    d: { high: 8 }\n');
  });

  test.each([
    [
      'two spaces',
      (text: string) => text.replace('[AnyNetX-A]', '[AnyNetX-A, RegNetX]'),
      'spaces: got AnyNetX-A, RegNetX (valid: one space, from which refining starts)',
    ],
    [
      'a budget that cannot decide anything',
      (text: string) => text.replace('networks: 180', 'networks: 100'),
      'refine.budget.networks: got 100 (valid: at least 164: 60 to propose, 24 to confirm one proposal, 40 of each of two spaces at the end)',
    ],
    [
      'too few networks',
      (text: string) => text.replace('networks: 60 #', 'networks: 8 #'),
      'networks: got 8 (valid: at least 20, by which the first proposals are made)',
    ],
    [
      'a space of one network',
      (text: string) =>
        text.replace(
          '[AnyNetX-A]',
          '[{ name: one, extends: AnyNetX-C, parameters: { d: { value: 2 }, w: { value: 16 }, b: { value: 1 }, g: { value: 8 } } }]',
        ),
      'spaces: one has one network (valid: a space with parameters that are drawn)',
    ],
    ['a margin of nothing', (text: string) => text.replace('margin: 1 ', 'margin: 0 '), 'refine.margin: got 0'],
  ])('refuses %s before anything is trained', async (name, change, message) => {
    const { status, errors } = await refine(write(name.replaceAll(' ', '-'), change), 'refused');
    expect(status).toBe(1);
    expect(errors).toContain(message);
  });
});
