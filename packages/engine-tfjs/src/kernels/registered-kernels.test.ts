import { describe, expect, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import { availableBackends, hasTensorflow } from '../fixtures/tfjs-backends.js';
import type { Convolution } from './kernel-set.js';
import { groupedConv2d, maxPool, maxPoolGradient } from './registered-kernels.js';
import type { TensorflowBackend } from './tensorflow-backend.js';
import { TensorflowKernels } from './tensorflow-kernels.js';

/** tfjs' own convolution, one for each group, on an image that is padded before. */
function convolveByGroup(x: tf.Tensor4D, filter: tf.Tensor4D, { stride, padding, groups }: Convolution): tf.Tensor4D {
  const margin: [number, number] = [padding, padding];
  const framed = tf.pad(x, [[0, 0], margin, margin, [0, 0]]);
  if (groups === 1) return tf.conv2d<tf.Tensor4D>(framed, filter, stride, 'valid');
  const filters = tf.split<tf.Tensor4D>(filter, groups, 3);
  const images = tf.split<tf.Tensor4D>(framed, groups, 3);
  const results = images.map((image, group) => tf.conv2d<tf.Tensor4D>(image, filters[group]!, stride, 'valid'));
  return tf.concat(results, 3);
}

const convolutions: [size: number, channels: number, outputs: number, convolution: Convolution][] = [
  [5, 4, 4, { kernel: 3, stride: 1, padding: 1, groups: 2 }],
  [6, 4, 8, { kernel: 3, stride: 2, padding: 1, groups: 4 }],
  [7, 6, 3, { kernel: 3, stride: 2, padding: 1, groups: 3 }],
  [8, 3, 5, { kernel: 1, stride: 2, padding: 0, groups: 1 }],
  [9, 2, 4, { kernel: 5, stride: 3, padding: 2, groups: 2 }],
];

function expectClose(actual: tf.Tensor, expected: tf.Tensor): void {
  expect(actual.shape).toEqual(expected.shape);
  const scale = tf.max(tf.abs(expected)).dataSync()[0]!;
  expect(tf.max(tf.abs(tf.sub(actual, expected))).dataSync()[0]! / scale).toBeLessThan(1e-5);
}

describe.each(availableBackends)('groupedConv2d(), backend %s', (backend) => {
  test.each(convolutions)(
    '%i pixels, %i to %i channels, %j: value and gradients',
    async (size, channels, outputs, c) => {
      // tfjs' wasm backend has no gradient of its own convolution: the expected numbers come from the JavaScript one.
      const values = await on('cpu', () => {
        const x = tf.randomNormal<tf.Rank.R4>([2, size, size, channels], 0, 1, 'float32', 1);
        const filter = tf.randomNormal<tf.Rank.R4>(
          [c.kernel, c.kernel, channels / c.groups, outputs],
          0,
          1,
          'float32',
          2,
        );
        const y = convolveByGroup(x, filter, c);
        const dy = tf.randomNormal(y.shape, 0, 1, 'float32', 3);
        const [dx, dfilter] = tf.grads((a, b) => convolveByGroup(a as tf.Tensor4D, b as tf.Tensor4D, c))(
          [x, filter],
          dy,
        );
        return [x, filter, y, dy, dx!, dfilter!].map((tensor) => ({ shape: tensor.shape, data: tensor.dataSync() }));
      });
      await on(backend, () => {
        const tensors = values.map(({ shape, data }) => tf.tensor(data as Float32Array, shape));
        const [x, filter, y, dy, dx, dfilter] = tensors as tf.Tensor4D[];
        expectClose(groupedConv2d(x!, filter!, c), y!);
        const gradients = tf.grads((a, b) => groupedConv2d(a as tf.Tensor4D, b as tf.Tensor4D, c))([x!, filter!], dy);
        expectClose(gradients[0]!, dx!);
        expectClose(gradients[1]!, dfilter!);
      });
    },
  );
});

describe.each(availableBackends)('maxPool(), backend %s', (backend) => {
  test('padding is minus infinity, and the gradient goes to the maximum', async () => {
    await on(backend, () => {
      const x = tf.tensor4d([-5, -2, -3, -4], [1, 2, 2, 1]);
      const window = { kernel: 3, stride: 2, padding: 1 };
      const y = maxPool(x, window);
      expect([...y.dataSync()]).toEqual([-2]);
      expect([...maxPoolGradient(tf.fill([1, 1, 1, 1], 7), x, y, window).dataSync()]).toEqual([0, 7, 0, 0]);
    });
  });
});

const testWithTensorflow = hasTensorflow ? test : test.skip;

testWithTensorflow(
  'a TensorFlow without gradients of grouped convolutions gets them group by group (skipped without TensorFlow: npm run setup:tfjs)',
  async () => {
    await on('tensorflow', () => {
      const real = tf.backend() as unknown as TensorflowBackend;
      const withGroups = new TensorflowKernels(real);
      const withoutGroups = new TensorflowKernels(refusingGroups(real));
      for (const [size, channels, outputs, c] of convolutions) {
        const x = tf.randomNormal<tf.Rank.R4>([2, size, size, channels], 0, 1, 'float32', 1);
        const filter = tf.randomNormal<tf.Rank.R4>(
          [c.kernel, c.kernel, channels / c.groups, outputs],
          0,
          1,
          'float32',
          2,
        );
        const dy = withGroups.groupedConv2d(x, filter, c);
        const dx = (set: TensorflowKernels): tf.Tensor =>
          set.groupedConv2dInputGradient(dy, filter, { ...c, xShape: x.shape });
        const dfilter = (set: TensorflowKernels): tf.Tensor => set.groupedConv2dFilterGradient(x, dy, c);
        expectClose(dx(withoutGroups), dx(withGroups));
        expectClose(dfilter(withoutGroups), dfilter(withGroups));
      }
    });
  },
);

/** A backend whose gradients take one group only, as TensorFlow's on CPUs without oneDNN. */
function refusingGroups(real: TensorflowBackend): TensorflowBackend {
  const executeSingleOutput: TensorflowBackend['executeSingleOutput'] = (operation, attributes, inputs) => {
    if (operation === 'Conv2DBackpropInput') {
      const [shape, filter] = inputs;
      if (shape!.dataSync()[3] !== filter!.shape[2]) throw new Error('no gradients of groups');
    }
    return real.executeSingleOutput(operation, attributes, inputs);
  };
  return Object.create(real, { executeSingleOutput: { value: executeSingleOutput } }) as TensorflowBackend;
}

async function on<Result>(backend: string, compute: () => Result): Promise<Result> {
  await tf.setBackend(backend);
  tf.engine().startScope();
  try {
    return compute();
  } finally {
    tf.engine().endScope();
  }
}
