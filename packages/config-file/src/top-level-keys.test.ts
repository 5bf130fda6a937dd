import { expect, test } from '@jest/globals';
import { topLevelKeys } from './index.js';

test.each([
  ['MODEL: { TYPE: regnet }\nTRAIN: {}', ['MODEL', 'TRAIN']],
  ['"MODEL": {}', ['MODEL']],
  ['{ MODEL: {} }', ['MODEL']],
  ['\ufeffMODEL: {}', ['MODEL']],
  ['note: |\n  MODEL: no key\n', ['note']],
  ['[1, 2]', []],
  ['MODEL', []],
  ['', []],
  ['{', []],
])('topLevelKeys(%j) is %j', (text, keys) => {
  expect(topLevelKeys(text)).toEqual(keys);
});
