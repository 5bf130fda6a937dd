import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { documentSections, studyFileDocument } from './study-file-document.js';

test('docs/study-file.md is what the schemas say: node tools/write-study-file-doc.mjs writes it anew', () => {
  expect(readFileSync(new URL('../../../docs/study-file.md', import.meta.url), 'utf8')).toBe(studyFileDocument());
});

test('documentSections(): every key has a description', () => {
  const silent = documentSections().flatMap(({ title, keys }) =>
    keys.flatMap(({ key, description }) => (description === '' ? [`${title}: ${key}`] : [])),
  );
  expect(silent).toEqual([]);
});
