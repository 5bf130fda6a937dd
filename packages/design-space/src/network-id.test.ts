import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import type { NetworkConfig } from '@netspace/contracts';
import { findDesignSpace, networkId, samplePopulation } from './index.js';

async function someConfigs(): Promise<NetworkConfig[]> {
  const { networks } = await samplePopulation({ space: findDesignSpace('RegNetY'), regime: {}, count: 10, seed: 1 });
  return networks.map(({ config }) => config);
}

test('networkId(config) is the start of the SHA-256 of its JSON with sorted keys', async () => {
  for (const config of await someConfigs()) {
    const text = JSON.stringify(config, (_, part: unknown) =>
      part !== null && typeof part === 'object' && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
        : part,
    );
    expect(networkId(config)).toBe(createHash('sha256').update(text).digest('hex').slice(0, 12));
  }
});

test('networkId(config) does not depend on the order of keys, but on every value', async () => {
  const [config] = await someConfigs();
  const reversed = Object.fromEntries(Object.entries(config!).reverse()) as unknown as NetworkConfig;
  expect(networkId(reversed)).toBe(networkId(config!));
  expect(networkId({ ...config!, classes: 10 })).not.toBe(networkId(config!));
});

// What version 0.1.0 drew: the same study and seed give the same networks in every version.
test.each([
  ['AnyNetX-A', ['14a3f733cad7', 'd5388b0b624d']],
  ['AnyNetX-B', ['14ebd0d605a1', '4500182b521c']],
  ['AnyNetX-C', ['c485ad57da98', '8175b9dfe234']],
  ['AnyNetX-D', ['e2678dfe5c4c', '39a709e65070']],
  ['AnyNetX-E', ['052c24bb2290', '9e0d3aae9343']],
  ['RegNetX', ['ce6b28d2b62e', '5e677ef8c36e']],
  ['RegNetX-constrained', ['038283189071', 'a1344f00f5c8']],
  ['RegNetY', ['348a40859ccc', '37dae3d244b4']],
])('members 0 and 59 of %s at 360 to 400 MF by seed 1 are %j', async (name, ids) => {
  const regime = { flops: { low: 360e6, high: 400e6 } };
  const { networks } = await samplePopulation({ space: findDesignSpace(name), regime, count: 60, seed: 1 });
  expect([networks[0]!.id, networks[59]!.id]).toEqual(ids);
});
