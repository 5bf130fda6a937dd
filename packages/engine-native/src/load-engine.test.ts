import { expect, test } from '@jest/globals';
import { expectedScoresOfManyClasses, scoresOfManyClasses } from '@netspace/engine-testing';
import { loadEngine } from './load-engine.js';
import { instructionSets, nativeEngine, withInstructionSet } from './fixtures/native-engines.js';

test('loadEngine() takes the fastest instruction set and says so', async () => {
  const native = await withInstructionSet(undefined, () => loadEngine());
  expect(native).toMatchObject({
    available: true,
    engine: { name: 'native', numerics: '3', instructionSet: instructionSets[0]! },
  });
  expect(native.available && native.engine.description).toContain(instructionSets[0]!);
});

test.each(instructionSets)('%s is taken where it is asked for, whatever NETSPACE_ISA says', async (isa) => {
  await withInstructionSet(instructionSets[0], async () => {
    expect(await loadEngine({ instructionSet: isa })).toMatchObject({ engine: { instructionSet: isa } });
  });
});

test.each(instructionSets)('NETSPACE_ISA=%s is obeyed', async (isa) => {
  const native = await withInstructionSet(isa, () => loadEngine());
  expect(native.available && native.engine.description).toContain(isa);
  expect(native).toMatchObject({ engine: { instructionSet: isa } });
});

test.each(instructionSets)('65,535 classes are told apart on %s', async (isa) => {
  const scores = await scoresOfManyClasses(await nativeEngine(isa));
  expect(scores).toEqual({
    ...expectedScoresOfManyClasses,
    lossSum: expect.closeTo(expectedScoresOfManyClasses.lossSum, 3),
  });
});

test('an instruction set that the machine lacks is refused, with those that it has', async () => {
  const native = await withInstructionSet('vax', () => loadEngine());
  expect(native).toMatchObject({ available: false, name: 'native' });
  if (native.available) return;
  expect(native.reason).toContain('"vax"');
  expect(native.reason).toContain('baseline');
  expect(native.remedy).toContain('NETSPACE_ISA');
});

test('the baseline is always there', () => {
  expect(instructionSets).toContain('baseline');
});
