import { contentHash, hashOfText } from '@netspace/content-hash';

/** SHA-256 of `abc` is the first example of FIPS 180-2; that of `{"a":1}` is printed by `printf '{"a":1}' | sha256sum`. */
export const expected = [
  'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  '015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862',
];

export function compute() {
  return [hashOfText('abc'), contentHash({ a: 1 })];
}
