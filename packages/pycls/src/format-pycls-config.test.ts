import { expect, test } from '@jest/globals';
import type { NetworkConfig, StageConfig } from '@netspace/contracts';
import { buildGraph } from '@netspace/model-builder';
import fc from 'fast-check';
import { formatPyclsConfig, parsePyclsConfig } from './index.js';

const arbitraryStage: fc.Arbitrary<StageConfig> = fc
  .record({
    depth: fc.integer({ min: 1, max: 16 }),
    stride: fc.constantFrom(1, 2),
    bottleneckRatio: fc.constantFrom(0.25, 0.5, 1, 2, 4),
    groupWidth: fc.integer({ min: 1, max: 64 }),
    groups: fc.integer({ min: 1, max: 16 }),
  })
  .map(({ groups, ...stage }) => ({ ...stage, width: 4 * groups * stage.groupWidth * stage.bottleneckRatio }));

const arbitraryNetwork = (blocks: readonly string[]): fc.Arbitrary<NetworkConfig> =>
  fc.record({
    stem: fc.record({
      type: fc.constantFrom('res_stem_cifar', 'simple_stem_in', 'res_stem_in'),
      width: fc.integer({ min: 1, max: 64 }),
    }),
    block: fc.constantFrom(...blocks),
    stages: fc.array(arbitraryStage, { minLength: 1, maxLength: 5 }),
    squeezeExcitationRatio: fc.constant(0),
    headWidth: fc.constantFrom(0, 1024),
    classes: fc.integer({ min: 1, max: 1000 }),
    imageSize: fc.integer({ min: 1, max: 256 }),
    imageChannels: fc.constant(3),
  });

test('formatPyclsConfig is read back as the same network', () => {
  fc.assert(
    fc.property(arbitraryNetwork(['x', 'res_bottleneck_linear']), (network) => {
      expect(parsePyclsConfig(formatPyclsConfig(network), 'network.yaml')).toEqual(network);
    }),
  );
});

test.each([0.1, 0.25, 1])('formatPyclsConfig is read back with squeeze-excitation of ratio %d', (ratio) => {
  fc.assert(
    fc.property(arbitraryNetwork(['y', 'res_bottleneck_linear']), (plain) => {
      const network = { ...plain, squeezeExcitationRatio: ratio };
      expect(parsePyclsConfig(formatPyclsConfig(network), 'network.yaml')).toEqual(network);
    }),
    { numRuns: 30 },
  );
});

test('formatPyclsConfig is read back as the same graph for every block that pycls has', () => {
  fc.assert(
    fc.property(arbitraryNetwork(['x', 'y', 'r', 'basic', 'vanilla', 'res_bottleneck_linear']), (network) => {
      const readBack = parsePyclsConfig(formatPyclsConfig(network), 'network.yaml');
      expect(buildGraph(readBack)).toEqual(buildGraph(network));
    }),
    { numRuns: 30 },
  );
});

const network: NetworkConfig = {
  stem: { type: 'res_stem_cifar', width: 16 },
  block: 'y',
  stages: [{ depth: 2, width: 64, stride: 2, bottleneckRatio: 4, groupWidth: 8 }],
  squeezeExcitationRatio: 1,
  headWidth: 0,
  classes: 10,
  imageSize: 32,
  imageChannels: 3,
};

test('formatPyclsConfig writes floating-point keys as pycls takes them', () => {
  const lines = formatPyclsConfig(network).split('\n');
  expect(lines).toContain('  SE_ON: true');
  expect(lines).toContain('  SE_R: 1.0');
  expect(lines).toContain('  BOT_MULS: [0.25]');
});

test.each<[Partial<NetworkConfig>, string]>([
  [{ block: 'vr' }, 'block: pycls has no "vr" (valid: x, y, r, res_bottleneck_linear, basic, vanilla)'],
  [{ stem: { type: 'own', width: 8 } }, 'stem.type: pycls has no "own" (valid: res_stem_cifar,'],
  [{ imageChannels: 1 }, 'imageChannels: pycls has no 1 (valid: 3)'],
])('formatPyclsConfig of a network with %j throws "%s"', (change, message) => {
  expect(() => formatPyclsConfig({ ...network, ...change })).toThrow(message);
});
