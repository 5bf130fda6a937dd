import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { commandLine } from './command-line.js';

test('commandLine(step, target, flags) keeps what lasts and leaves out what concerns one call', () => {
  const flags = { out: 'runs/x', data: 'my images', plugin: ['./a.mjs', './b.mjs'], workers: 2, resume: true };
  expect(commandLine('run', 'a b.yaml', flags, '--resume')).toBe(
    "netspace study run 'a b.yaml' --out runs/x --data 'my images' --plugin ./a.mjs --plugin ./b.mjs --resume",
  );
});

test('commandLine(step, target, flags) reads back in a shell as the words it was made of', () => {
  const word = fc.string({ minLength: 1, unit: 'grapheme-ascii' });
  fc.assert(
    fc.property(word, word, (target, out) => {
      const line = commandLine('run', target, { out }).replace('netspace', "printf '%s\\n'");
      expect(execFileSync('sh', ['-c', line], { encoding: 'utf8' })).toBe(`study\nrun\n${target}\n--out\n${out}\n`);
    }),
    { numRuns: 30 },
  );
});
