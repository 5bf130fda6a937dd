import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readProfile } from './index.js';

let file: string;
beforeAll(() => {
  file = join(mkdtempSync(join(tmpdir(), 'kubernetes-')), 'kubernetes.yaml');
});
afterAll(() => rmSync(join(file, '..'), { recursive: true }));

test.each([
  ['claim: studies', 'image: missing'],
  ['image: a\nclaim: Studies!', 'claim: got "Studies!"'],
  ['image: a\nclaim: b\nmemory: lots', 'memory: got "lots"'],
  ['image: a\nclaim: b\nmountPath: work', 'mountPath: got "work"'],
  ['image: a\nclaim: b\nwokers: 3', 'did you mean "workers"?'],
])('%j is refused', async (text, message) => {
  writeFileSync(file, text);
  await expect(readProfile(file)).rejects.toThrow(message);
});

test('a profile is needed: nobody else knows the image', async () => {
  await expect(readProfile(join(file, '..', 'none.yaml'))).rejects.toThrow(
    'none.yaml: there is no such file (valid: a profile for Kubernetes: image, claim)',
  );
});
