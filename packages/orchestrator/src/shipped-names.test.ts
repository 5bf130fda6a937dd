import { expect, test } from '@jest/globals';
import { claimKinds } from '@netspace/analysis';
import { figureNames } from '@netspace/report';
import { shippedRefinements } from '@netspace/refine';
import { shippedClaims, shippedFigures, shippedRefinementKinds } from '@netspace/study';

test('kinds of refinements of plugins may have any name but those that netspace ships', () => {
  expect([...shippedRefinementKinds]).toEqual(Object.keys(shippedRefinements));
});

test('a study may name the claims that the analysis decides, and no others', () => {
  expect([...shippedClaims]).toEqual(Object.keys(claimKinds));
});

test('figures of plugins may have any name but those that the report draws', () => {
  expect([...shippedFigures]).toEqual(figureNames);
});
