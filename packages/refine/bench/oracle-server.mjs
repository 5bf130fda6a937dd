/**
 * Answers for an oracle's networks, a line of JSON each way: what other programs search by.
 *
 *     {"oracle": "nothing matters", "draw": 3, "seed": 1}                       true errors of networks that are drawn
 *     {"oracle": "nothing matters", "stages": [{"d": 1, "w": 16, "b": 1, "g": 1}, ...]}   true error of one network
 */
import { createInterface } from 'node:readline';
import { samplePopulation } from '@netspace/design-space';
import { compatibleStages } from '@netspace/model-builder';
import { oracles } from '../dist/simulation/oracles.js';
import { setting } from '../dist/simulation/setting.js';

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  const oracle = oracles.find(({ name }) => name === asked.oracle);
  console.log(JSON.stringify('draw' in asked ? await drawn(oracle, asked) : errorOf(oracle, asked)));
}

async function drawn({ space, error }, { draw, seed }) {
  const { networks } = await samplePopulation({ space, regime: {}, setting, count: draw, seed });
  return networks.map(error);
}

function errorOf({ error }, { stages }) {
  const config = {
    stages: compatibleStages(
      stages.map(({ d, w, b, g }) => ({ depth: d, width: w, stride: 2, bottleneckRatio: b, groupWidth: g })),
    ),
  };
  return error({ config });
}
