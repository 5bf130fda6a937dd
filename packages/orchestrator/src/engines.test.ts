import { expect, test } from '@jest/globals';
import { chooseEngine } from './index.js';

test('an engine that must compute with an instruction set does, or is refused', async () => {
  const { engine } = await chooseEngine('reference', 1, {}, 'portable');
  expect(engine.instructionSet).toBe('portable');
  await expect(chooseEngine('reference', 1, {}, 'avx2')).rejects.toThrow(
    '--require: got isa=avx2, but the engine reference computes with portable here (valid: isa=portable, or another machine)',
  );
});

test('an engine of a plugin is told which', async () => {
  const told: unknown[] = [];
  const { engine } = await chooseEngine('reference');
  const kind = {
    load: (...args: readonly unknown[]) => {
      told.push(args);
      return { available: true as const, engine: { ...engine, instructionSet: 'neon' } };
    },
  };
  expect((await chooseEngine('mine', 2, { mine: kind }, 'neon')).engine.instructionSet).toBe('neon');
  expect(told).toEqual([[2, 'neon']]);
});
