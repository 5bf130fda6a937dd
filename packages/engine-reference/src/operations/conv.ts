/**
 * Convolution as matrix products over gathered columns.
 *
 * Letters: C input and D output channels of one group, K = C * kernel * kernel taps, P output pixels. Per image and group:
 * y [D, P] = weight [D, K] columns [K, P].
 */
import type { ConvNode } from '@netspace/contracts';
import { sumOfChannel } from '../channel-sums.js';
import { addProduct, addProductOfRows, type Matrix, matrixOf, transposed } from '../matrix.js';
import type { Operands, Operation } from '../operation.js';
import type { Activation, Parameter } from '../tensors.js';
import { planColumns } from './conv-columns.js';

export function createConv(node: ConvNode, operands: Operands): Operation {
  const { output, parameter } = operands;
  const weight = parameter(node.weight);
  const bias = node.bias === undefined ? undefined : parameter(node.bias);
  const columns = planColumns(node, operands);
  const channels = output.shape.channels / node.groups;
  const { taps } = columns;
  const y = matrixOf(output.values, output.pixels);
  const dy = matrixOf(output.gradient, output.pixels);
  const w = matrixOf(weight.values, taps);
  const dw = matrixOf(weight.gradient, taps);
  const wTransposed = transposed(w);
  const addColumnGradient = (gradient: Matrix): void =>
    addProduct(gradient, wTransposed, dy, { rows: taps, inner: channels, columns: output.pixels });

  const forEachGroup = (count: number, visit: (image: number, group: number) => void): void => {
    for (let image = 0; image < count; image++) {
      for (let group = 0; group < node.groups; group++) {
        y.start = dy.start = image * output.size + group * channels * output.pixels;
        w.start = dw.start = wTransposed.start = group * channels * taps;
        visit(image, group);
      }
    }
  };

  return {
    forward({ count }) {
      setToBias(output, bias, count);
      forEachGroup(count, (image, group) =>
        addProduct(y, w, columns.gather(image, group), { rows: channels, inner: taps, columns: output.pixels }),
      );
    },
    backward({ count }) {
      if (bias !== undefined) addBiasGradient(output, bias, count);
      forEachGroup(count, (image, group) => {
        const x = columns.gather(image, group);
        addProductOfRows(dw, dy, x, { rows: channels, inner: output.pixels, columns: taps });
        columns.scatter(image, group, addColumnGradient);
      });
    },
  };
}

function setToBias({ values, shape, size, pixels }: Activation, bias: Parameter | undefined, count: number): void {
  if (bias === undefined) {
    values.fill(0, 0, count * size);
    return;
  }
  for (let plane = 0; plane < count * shape.channels; plane++) {
    values.fill(bias.values[plane % shape.channels]!, plane * pixels, (plane + 1) * pixels);
  }
}

function addBiasGradient(output: Activation, bias: Parameter, count: number): void {
  for (let channel = 0; channel < output.shape.channels; channel++) {
    bias.gradient[channel]! += sumOfChannel(output.gradient, output, channel, count);
  }
}
