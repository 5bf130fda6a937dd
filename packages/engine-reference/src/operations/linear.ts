import type { LinearNode } from '@netspace/contracts';
import { addProduct, addProductOfRows, matrixOf, transposed } from '../matrix.js';
import type { Operands, Operation } from '../operation.js';

/** y [N, out] = x [N, in] (weight [out, in]) transposed + bias [out], N images. */
export function createLinear(node: LinearNode, { inputs, output, parameter }: Operands): Operation {
  const input = inputs[0]!;
  const weight = parameter(node.weight);
  const bias = parameter(node.bias);
  const [from, to] = [input.size, output.size];
  const x = matrixOf(input.values, from);
  const dx = matrixOf(input.gradient, from);
  const y = matrixOf(output.values, to);
  const dy = matrixOf(output.gradient, to);
  const w = matrixOf(weight.values, from);
  const dw = matrixOf(weight.gradient, from);
  return {
    forward({ count }) {
      for (let image = 0; image < count; image++) output.values.set(bias.values, image * to);
      addProductOfRows(y, x, w, { rows: count, inner: from, columns: to });
    },
    backward({ count }) {
      for (let i = 0; i < count * to; i++) bias.gradient[i % to]! += output.gradient[i]!;
      addProduct(dw, transposed(dy), x, { rows: to, inner: count, columns: from });
      addProduct(dx, dy, w, { rows: count, inner: to, columns: from });
    },
  };
}
