import { type GraphNode, InvalidInputError } from '@netspace/contracts';
import type { Operands, Operation } from './operation.js';
import { createBatchNorm } from './operations/batch-norm.js';
import { createConv } from './operations/conv.js';
import { createAdd, createRelu, createSigmoid } from './operations/elementwise.js';
import { createLinear } from './operations/linear.js';
import { createGlobalAveragePool, createMaxPool } from './operations/pool.js';
import { createScale } from './operations/scale.js';

/** The operation of a node; undefined for the input, which does nothing. */
export function createOperation(node: GraphNode, operands: Operands): Operation | undefined {
  switch (node.op) {
    case 'input':
      return undefined;
    case 'conv':
      return createConv(node, operands);
    case 'batch_norm':
      return createBatchNorm(node, operands);
    case 'relu':
      return createRelu(operands);
    case 'sigmoid':
      return createSigmoid(operands);
    case 'add':
      return createAdd(operands);
    case 'scale':
      return createScale(operands);
    case 'global_average_pool':
      return createGlobalAveragePool(operands);
    case 'max_pool':
      return createMaxPool(node, operands);
    case 'linear':
      return createLinear(node, operands);
    default: {
      const { op, layer } = node as { op: string; layer: string };
      throw new InvalidInputError({ key: layer, problem: `unknown operation "${op}"` });
    }
  }
}
