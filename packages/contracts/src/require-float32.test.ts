import { expect, test } from '@jest/globals';
import { requireFloat32 } from './require-float32.js';

test('another precision or storage is refused by its key', () => {
  expect(() => requireFloat32({})).not.toThrow();
  expect(() => requireFloat32({ precision: 'float32', storage: 'float32' })).not.toThrow();
  expect(() => requireFloat32({ precision: 'bfloat16' })).toThrow(/^options\.precision: got bfloat16/);
  expect(() => requireFloat32({ storage: 'bfloat16' })).toThrow(/^options\.storage: got bfloat16/);
});
