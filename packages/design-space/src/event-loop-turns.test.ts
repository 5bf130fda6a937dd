import { expect, test } from '@jest/globals';
import type { Population } from '@netspace/contracts';
import { findDesignSpace, type PopulationRequest, samplePopulation } from './index.js';

const request: PopulationRequest = { space: findDesignSpace('RegNetX'), regime: {}, count: 2, seed: 1 };

/** Takes so long that the end is not seen: these limits do not go together. */
const endless = (signal: AbortSignal): Promise<Population> => {
  const regime = { flops: { low: 1e8, high: 1.1e8 }, params: { low: 1e3, high: 1e8 }, acts: { low: 1, high: 1e6 } };
  return samplePopulation({ ...request, regime, count: 1e6, signal });
};

test('samplePopulation(request) rejects with the reason of a signal that a timer aborts', async () => {
  const controller = new AbortController();
  const reason = new Error('stopped');
  setTimeout(() => controller.abort(reason), 100);
  await expect(endless(controller.signal)).rejects.toBe(reason);
});

test('samplePopulation(request) lets timers run while it draws', async () => {
  const controller = new AbortController();
  let ticks = 0;
  const timer = setInterval(() => {
    if (++ticks === 3) controller.abort();
  }, 1);
  await expect(endless(controller.signal)).rejects.toHaveProperty('name', 'AbortError');
  clearInterval(timer);
  expect(ticks).toBe(3);
});

test('samplePopulation(request) draws nothing for a signal that is aborted already', async () => {
  const seen: number[] = [];
  const population = samplePopulation({ ...request, signal: AbortSignal.abort() }, (members) => seen.push(members));
  await expect(population).rejects.toHaveProperty('name', 'AbortError');
  expect(seen).toEqual([]);
});

test('samplePopulation(request) ends after the member whose report aborts it', async () => {
  const controller = new AbortController();
  const seen: number[] = [];
  const population = samplePopulation({ ...request, count: 9, signal: controller.signal }, (members) => {
    seen.push(members);
    if (members === 3) controller.abort();
  });
  await expect(population).rejects.toHaveProperty('name', 'AbortError');
  expect(seen).toEqual([1, 2, 3]);
});
