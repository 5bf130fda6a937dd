/** The shapes of the convolutions that kernels are tested and measured on. */
import { findDesignSpace, samplePopulation } from '@netspace/design-space';
import { benchmarkNetworks } from '@netspace/engine-testing';
import { buildGraph } from '@netspace/model-builder';

const spaces = ['AnyNetX-A', 'AnyNetX-B', 'AnyNetX-C', 'AnyNetX-D', 'AnyNetX-E', 'RegNetX'];
const regime = { flops: { low: 4e6, high: 8e6 } };
const setting = {
  stem: { type: 'res_stem_cifar', width: 16 },
  headWidth: 0,
  classes: 10,
  imageSize: 32,
  imageChannels: 3,
};

/** So many networks of 4 to 8 million flops, AnyNetX-A to E and RegNetX taking turns: `{ space, id, config, complexity }`. */
export async function drawNetworks(count) {
  const perSpace = Math.ceil(count / spaces.length);
  const populations = await Promise.all(
    spaces.map((name) => samplePopulation({ space: findDesignSpace(name), regime, count: perSpace, seed: 1, setting })),
  );
  const turns = Array.from({ length: perSpace }, (_, turn) =>
    populations.map(({ space, networks }) => ({ space, ...networks[turn] })),
  );
  return turns.flat().slice(0, count);
}

/**
 * The different convolutions of networks, one a line: input channels, output channels, height, width, kernel, stride,
 * padding, groups.
 *
 * @param names - Some of the networks that PyTorch is compared on; `sampled` is forty of {@link drawNetworks}.
 */
export async function shapesOfNetworks(names = [...Object.keys(benchmarkNetworks), 'sampled']) {
  const networks = await Promise.all(
    names.map((name) => (name === 'sampled' ? drawNetworks(40) : [benchmarkNetworks[name]])),
  );
  return [...new Set(networks.flat().flatMap(({ config }) => shapesOf(buildGraph(config))))];
}

function shapesOf({ nodes }) {
  return nodes
    .filter(({ op }) => op === 'conv')
    .map(({ inputs, shape, kernel, stride, padding, groups }) => {
      const { channels, height, width } = nodes[inputs[0]].shape;
      return [channels, shape.channels, height, width, kernel, stride, padding, groups].join(' ');
    });
}
