import { expect, test } from '@jest/globals';
import { claimKinds } from '@netspace/analysis';
import { shippedClaims } from '@netspace/study';

test('a study may name the claims that the analysis decides, and no others', () => {
  expect([...shippedClaims]).toEqual(Object.keys(claimKinds));
});
