import { InvalidInputError } from '@netspace/contracts';

export const expected = 'net.yaml:4: stages[0].width: got 0 (valid: an integer of at least 1)';

export function compute() {
  const place = { file: 'net.yaml', line: 4, key: 'stages[0].width' };
  return new InvalidInputError({ ...place, problem: 'got 0', expected: 'an integer of at least 1' }).message;
}
