import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { moduleHash } from './module-hash.js';

const folder = mkdtempSync(join(tmpdir(), 'netspace-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A module that imports another one, which reads a table and imports the first. */
const files = {
  'block.mjs': `import { registerBlock } from 'some-package';\nimport { widths } from "./parts/widths.mjs";\n`,
  'parts/widths.mjs': `import '../block.mjs';\nexport const widths = new URL(\`./table.json\`, import.meta.url);\n`,
  'parts/table.json': '[8, 16]',
  'beside.mjs': 'export {};\n',
};

function write(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
}

beforeEach(() => {
  mkdirSync(join(folder, 'parts'), { recursive: true });
  for (const [name, text] of Object.entries(files)) write(name, text);
});

describe('moduleHash(module)', () => {
  const hash = (): string => moduleHash(join(folder, 'block.mjs'));

  test('is the same as long as no file changes', () => {
    expect(hash()).toBe(hash());
    const before = hash();
    write('beside.mjs', 'export const changed = true;\n');
    expect(hash()).toBe(before);
  });

  test.each(['block.mjs', 'parts/widths.mjs', 'parts/table.json'] as const)('changes with %s', (name) => {
    const before = hash();
    write(name, `${files[name]}\n`);
    expect(hash()).not.toBe(before);
    write(name, files[name]);
    expect(hash()).toBe(before);
  });

  test('text that moves from one file to the next changes it', () => {
    const before = hash();
    const [first, ...rest] = files['parts/widths.mjs'];
    write('block.mjs', `${files['block.mjs']}${first!}`);
    write('parts/widths.mjs', rest.join(''));
    expect(hash()).not.toBe(before);
  });

  test('a name in quotes that is no file, or a folder, is just text', () => {
    write('block.mjs', `const names = ['./parts', './missing.mjs', './${'long'.repeat(100)}'];\n`);
    expect(hash()).toMatch(/^[0-9a-f]{64}$/);
  });
});
