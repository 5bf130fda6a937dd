import { existsSync } from 'node:fs';
import { preset } from '../../jest.preset.mjs';

const built = existsSync(new URL('build/netspace_native.node', import.meta.url));
if (!built) console.log('Skipped: the tests of the native engine, since there was no compiler to build it');

export default {
  ...preset,
  displayName: 'engine-native',
  ...(built ? {} : { testPathIgnorePatterns: ['/'], passWithNoTests: true }),
};
