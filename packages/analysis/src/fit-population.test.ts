import { describe, expect, test } from '@jest/globals';
import { fit } from '@netspace/quantized-linear';
import { fitNetwork, fitPopulation } from './index.js';
import { madeArm, variedNetworks } from './testing.js';

const { networks } = madeArm('A', variedNetworks(12, 5)).population;

describe('fitNetwork(config)', () => {
  test('is the fit of its stages', () => {
    const [{ config }] = madeArm('A', [{ error: 1, depths: [1, 3], widths: [40, 96] }]).population.networks as [
      (typeof networks)[number],
    ];
    expect(fitNetwork(config)).toEqual(fit({ widths: [40, 96], depths: [1, 3] }));
  });
});

describe('fitPopulation(networks, control)', () => {
  test('fits each network, by id, and says how many are done', async () => {
    const done: number[] = [];
    const fits = await fitPopulation(networks, { onProgress: (count) => done.push(count) });
    expect(fits).toEqual(Object.fromEntries(networks.map(({ id, config }) => [id, fitNetwork(config)])));
    expect(done).toEqual(networks.map((_, index) => index + 1));
  });

  test('ends with the reason of a signal that is aborted while it runs', async () => {
    const controller = new AbortController();
    // More than can be fitted in one stretch: the timer's abort is seen only where fitting lets others run.
    const many = Array.from({ length: 100_000 }, (_, index) => ({ ...networks[index % 12]!, id: String(index) }));
    setTimeout(() => controller.abort(new Error('interrupted')));
    await expect(fitPopulation(many, { signal: controller.signal })).rejects.toThrow('interrupted');
  });

  test('fits nothing where the signal is aborted before', async () => {
    await expect(fitPopulation(networks, { signal: AbortSignal.abort(new Error('early')) })).rejects.toThrow('early');
  });
});
