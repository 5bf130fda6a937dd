import { analyseStudy, claimKinds, fitPopulation } from '@netspace/analysis';

const sampling = { drawn: 2, accepted: 2, rejected: {} };
const stage = { stride: 2, bottleneckRatio: 1, groupWidth: 8 };

function network(index, width) {
  const config = {
    stem: { type: 'res_stem_cifar', width: 16 },
    block: 'x',
    stages: [
      { ...stage, depth: 2, width },
      { ...stage, depth: 3, width: 2 * width },
    ],
    squeezeExcitationRatio: 0,
    headWidth: 0,
    classes: 10,
    imageSize: 32,
    imageChannels: 3,
  };
  const complexity = { flops: 1e6 * width, params: 1e3 * width, acts: 1e4 * width };
  return { id: `network-${index}`, index, config, complexity, parameters: { depth: 5 + index } };
}

export async function compute() {
  const networks = [network(0, 32), network(1, 64)];
  const population = { space: 'RegNetX', regime: {}, seed: 1, networks, sampling };
  const fits = await fitPopulation(networks);
  const arm = { name: 'RegNetX', setting: 'base', population, records: [], replicates: 1, chanceLoss: null };
  const asked = { compare: 'first', matched: true, claims: claimKinds };
  const study = { arms: [{ ...arm, degreesOfFreedom: 6, size: '3.0e8' }], fits, latencies: [], ...asked };
  return { fits, analysis: analyseStudy(study) };
}
