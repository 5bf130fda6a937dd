import type { Engine, NetworkGraph } from '@netspace/contracts';
import type { Check } from './check.js';
import { noOptimizer, withNetwork } from './reference-network.js';
import { decodeTensor, type ReferenceTensor, relativeError } from './reference-tensor.js';
import { WorstError } from './worst-error.js';

interface Row {
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
  readonly groups: number;
  readonly x: ReferenceTensor;
  readonly weight: ReferenceTensor;
  readonly y: ReferenceTensor;
  readonly dy: ReferenceTensor;
  readonly dx: ReferenceTensor;
  readonly dweight: ReferenceTensor;
}

/** One convolution, forward and backward: relative error of output and gradients in the 2-norm. */
export const conv2d: Check = {
  file: 'conv2d.json',
  async run(rows, engine) {
    const worst = new WorstError(1e-5);
    for (const [index, row] of (rows as readonly Row[]).entries()) {
      worst.countCase();
      await checkRow(row, engine, (error, what) => worst.add(error, `row ${index}: ${what}`));
    }
    return [worst.result()];
  },
};

async function checkRow(row: Row, engine: Engine, add: (error: number, what: string) => void): Promise<void> {
  const [count] = row.x.shape as [number];
  await withNetwork(engine, graphOf(row), { batchSize: count, ...noOptimizer }, async (network) => {
    network.setState(new Map([['weight', decodeTensor(row.weight)]]));
    const batch = { count, images: decodeTensor(row.x), labels: new Int32Array(count) };
    const { output, input, parameters } = await network.differentiate(batch, decodeTensor(row.dy));
    add(relativeError(output, decodeTensor(row.y)), 'y');
    add(relativeError(input, decodeTensor(row.dx)), 'dx');
    add(relativeError(parameters.get('weight')!, decodeTensor(row.dweight)), 'dweight');
  });
}

function graphOf({ kernel, stride, padding, groups, x, y, weight }: Row): NetworkGraph {
  const shape = ([, channels, height, width]: readonly number[]): NetworkGraph['nodes'][number]['shape'] => ({
    channels: channels!,
    height: height!,
    width: width!,
  });
  const geometry = { kernel, stride, padding, groups };
  return {
    nodes: [
      { id: 0, op: 'input', inputs: [], shape: shape(x.shape), layer: 'input' },
      { id: 1, op: 'conv', inputs: [0], shape: shape(y.shape), layer: 'conv', weight: 'weight', ...geometry },
    ],
    output: 1,
    parameters: [{ name: 'weight', shape: weight.shape, role: 'conv_weight' }],
    buffers: [],
  };
}
