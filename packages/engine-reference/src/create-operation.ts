import type { GraphNode } from '@netspace/contracts';
import type { Operands, Operation } from './operation.js';
import { createAdd } from './operations/add.js';
import { createBatchNorm } from './operations/batch-norm.js';
import { createConv } from './operations/conv.js';
import { createGlobalAveragePool } from './operations/global-average-pool.js';
import { createLinear } from './operations/linear.js';
import { createMaxPool } from './operations/max-pool.js';
import { createRelu } from './operations/relu.js';
import { createScale } from './operations/scale.js';
import { createSigmoid } from './operations/sigmoid.js';

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
  }
}
