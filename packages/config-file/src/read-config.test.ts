import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { readConfig } from './node.js';

test('readConfig(file, schema) of a file that is not there names it', () => {
  expect(() => readConfig('no/such.yaml', z.unknown())).toThrow(/^no\/such\.yaml: cannot be read: ENOENT/);
});

test('readConfig(file, schema) of a folder names it', () => {
  expect(() => readConfig('src', z.unknown())).toThrow(/^src: cannot be read: EISDIR/);
});
