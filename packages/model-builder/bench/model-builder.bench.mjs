import { complexityOf } from '@netspace/model-builder';
import { openRandom } from '@netspace/random';

const count = 4096;
const random = openRandom(1, 'bench');
const pick = (list) => list[random.integer(0, list.length - 1)];
const logUniform = (low, high) => Math.exp(Math.log(low) + random.uniform() * Math.log(high / low));

function candidate(block) {
  const stages = [0, 1, 2, 3].map(() => {
    const bottleneckRatio = pick([1, 2, 4]);
    const groupWidth = pick([1, 2, 4, 8, 16, 32]);
    const quantum = bottleneckRatio * Math.max(groupWidth, 8);
    const width = Math.max(1, Math.round(logUniform(8, 1024) / quantum)) * quantum;
    return { depth: Math.round(logUniform(1, 16)), width, stride: 2, bottleneckRatio, groupWidth };
  });
  return {
    stem: { type: 'simple_stem_in', width: 32 },
    block,
    stages,
    squeezeExcitationRatio: block === 'y' ? 0.25 : 0,
    headWidth: 0,
    classes: 1000,
    imageSize: 224,
    imageChannels: 3,
  };
}

/** The best of many short rounds: what the machine does when nothing else runs. */
function perSecond(networks) {
  let best = 0;
  let sum = 0;
  for (let round = 0; round < 500; round++) {
    const start = performance.now();
    for (const network of networks) sum += complexityOf(network).flops;
    best = Math.max(best, networks.length / (performance.now() - start));
  }
  if (!(sum > 0)) throw new Error('no flops counted');
  return Math.round(1000 * best);
}

for (const block of ['x', 'y']) {
  const networks = Array.from({ length: count }, () => candidate(block));
  console.log(JSON.stringify({ bench: `complexity of AnyNet, block ${block}`, per_second: perSecond(networks) }));
}
