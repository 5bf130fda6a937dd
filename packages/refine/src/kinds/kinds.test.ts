import { describe, expect, test } from '@jest/globals';
import type { DesignSpace, Proposal, RefinementGround } from '@netspace/contracts';
import {
  defineDesignSpace,
  degreesOfFreedom,
  designSpaceNames,
  findDesignSpace,
  samplePopulation,
} from '@netspace/design-space';
import { shippedRefinements } from '../index.js';
import { setting } from '../simulation/setting.js';

/** Networks of a space whose errors fall with the depth of the last stage. */
async function groundOf(space: DesignSpace): Promise<RefinementGround> {
  const { networks } = await samplePopulation({ space, regime: {}, count: 60, seed: 1, setting });
  const errorOf = (depth: number): number => 50 - Math.min(depth, 20);
  return {
    ...{ space, seed: 1 },
    networks: networks.map((network) => ({ network, error: errorOf(network.config.stages.at(-1)!.depth) })),
  };
}

async function proposalsOf(space: DesignSpace): Promise<Proposal[]> {
  const ground = await groundOf(space);
  return Object.values(shippedRefinements).flatMap((kind) => [...kind(ground)]);
}

function changed(space: DesignSpace, { change }: Proposal): DesignSpace {
  const { kind, ...rest } = change;
  if (kind === undefined) return defineDesignSpace({ name: 'changed', extends: space, ...rest } as never);
  return defineDesignSpace({ name: 'changed', block: space.block, stages: space.stages.low, ...change } as never);
}

describe('shippedRefinements', () => {
  test.each(designSpaceNames)('propose spaces of %s that exist, and are simpler or narrower', async (name) => {
    const space = findDesignSpace(name);
    const proposals = await proposalsOf(space);
    expect(proposals.length).toBeGreaterThan(3);
    expect(new Set(proposals.map((proposal) => proposal.name)).size).toBe(proposals.length);
    for (const proposal of proposals) {
      const other = changed(space, proposal);
      expect(degreesOfFreedom(other)).toBeLessThanOrEqual(degreesOfFreedom(space));
      const definition = (one: DesignSpace) => ({ ...one, name: '', description: '' });
      expect(definition(other)).not.toEqual(definition(space));
    }
  });

  test.each([
    ['AnyNetX-A', 'share-b', 'AnyNetX-B'],
    ['AnyNetX-B', 'share-g', 'AnyNetX-C'],
    ['AnyNetX-C', 'rising-w', 'AnyNetX-D'],
    ['AnyNetX-D', 'rising-d', 'AnyNetX-E'],
  ])("hold the paper's step from %s: %s", async (from, name, to) => {
    const space = findDesignSpace(from);
    const proposal = (await proposalsOf(space)).find((one) => one.name === name)!;
    const { parameters, shared, nondecreasing } = findDesignSpace(to);
    expect(changed(space, proposal)).toMatchObject({ parameters, shared, nondecreasing });
  });

  test("hold the paper's step from AnyNetX-E to RegNetX, where the best networks are near a line", async () => {
    const space = findDesignSpace('AnyNetX-E');
    const { networks } = await samplePopulation({
      space: findDesignSpace('RegNetX'),
      regime: {},
      count: 30,
      seed: 1,
      setting,
    });
    const [proposal] = shippedRefinements['quantized-line']!({
      ...{ space, seed: 1 },
      networks: networks.map((network, index) => ({ network, error: index })),
    });
    const { kind, stages, parameters } = findDesignSpace('RegNetX');
    expect(changed(space, proposal!)).toMatchObject({ kind, stages, parameters });
  });

  test('do not propose a line where b or g is of each stage, or the best networks are far from one', async () => {
    const line = shippedRefinements['quantized-line']!;
    expect(line(await groundOf(findDesignSpace('AnyNetX-A')))).toEqual([]);
    const ground = await groundOf(findDesignSpace('AnyNetX-C'));
    const far = ground.networks.filter(({ network }) => {
      const widths = network.config.stages.map(({ width }) => width);
      return widths[0]! > 2 * widths[1]! && widths[3]! > 2 * widths[2]!;
    });
    expect(far.length).toBeGreaterThan(0);
    expect(line({ ...ground, networks: far })).toEqual([]);
  });

  test('narrow a range to where the best networks are', async () => {
    const proposals = await proposalsOf(findDesignSpace('AnyNetX-A'));
    const raised = proposals.find(({ name }) => name === 'depth-at-least')!;
    expect(Number(/\d+/.exec(raised.change.constraints![0]!)![0])).toBeGreaterThan(15);
  });
});
