import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { commandContent } from './command-content.js';

const parent = mkdtempSync(join(tmpdir(), 'netspace-'));
afterAll(() => rmSync(parent, { recursive: true }));

/** A folder with a program in it. */
function folder(name: string, code: string): string {
  const directory = join(parent, name);
  mkdirSync(join(directory, 'images'), { recursive: true });
  writeFileSync(join(directory, 'train.py'), code);
  return directory;
}

test('commandContent(command, directory) is the same wherever the program lies, and another for another program', () => {
  const command = ['python3', 'train.py', '--width=8'];
  const content = commandContent(command, folder('a', 'print(1)'));
  const sha256 = createHash('sha256').update('print(1)').digest('hex');
  expect(content).toEqual(['python3', { name: 'train.py', sha256 }, '--width=8']);
  expect(commandContent(command, folder('b', 'print(1)'))).toEqual(content);
  expect(commandContent(command, folder('c', 'print(2)'))).not.toEqual(content);
});

test('commandContent(command, directory) holds no path', () => {
  const directory = folder('a', 'print(1)');
  const words = (path: string): string[] => ['python3', join(path, 'train.py'), join(path, 'images'), './images'];
  const content = commandContent(words(directory), directory);
  expect(content).toEqual(commandContent(words(folder('b', 'print(1)')), parent).with(3, 'images'));
  expect(JSON.stringify(content)).not.toContain(parent);
});
