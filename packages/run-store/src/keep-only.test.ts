import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { refusal } from './fixtures/refusal.js';
import { temporaryFolder } from './fixtures/temporary-folder.js';
import { keepOnly } from './index.js';

const folder = temporaryFolder();

test('keepOnly(folder, files) removes the other files of their ending, and nothing else', async () => {
  for (const name of ['a.json', 'b.json', 'c.json', 'a.svg', 'notes']) writeFileSync(join(folder(), name), '');
  await keepOnly(
    folder(),
    ['a.json', 'c.json'].map((name) => join(folder(), name)),
  );
  expect(readdirSync(folder()).sort()).toEqual(['a.json', 'a.svg', 'c.json', 'notes']);
});

test('keepOnly(folder, files) asks for no folder where there are no files', async () => {
  await expect(keepOnly(join(folder(), 'missing'), [])).resolves.toBeUndefined();
});

test('keepOnly(folder, files) tells what cannot be removed', async () => {
  mkdirSync(join(folder(), 'b.json'));
  expect(await refusal(keepOnly(folder(), [join(folder(), 'a.json')]))).toMatch(/it cannot be written: .*b\.json/);
  expect(readdirSync(folder())).toEqual(['b.json']);
});
