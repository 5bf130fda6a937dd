import type { OptimizerConfig } from '@netspace/contracts';
import type { Parameter } from './tensors.js';

/** One step of SGD as in PyTorch: g += decay p; v = momentum v + g; p -= rate (nesterov ? g + momentum v : v). */
export function sgdStep(parameter: Parameter, rate: number, optimizer: OptimizerConfig): void {
  const { momentum, nesterov } = optimizer;
  const decay = decayOf(parameter, optimizer);
  const { values, gradient, momentum: velocity } = parameter;
  for (let i = 0; i < values.length; i++) {
    const g = gradient[i]! + decay * values[i]!;
    velocity[i] = momentum * velocity[i]! + g;
    values[i]! -= rate * (nesterov ? g + momentum * velocity[i]! : velocity[i]!);
  }
}

function decayOf({ role }: Parameter, optimizer: OptimizerConfig): number {
  if (role === 'bias') return optimizer.biasWeightDecay;
  return role.startsWith('batch_norm') ? optimizer.batchNormWeightDecay : optimizer.weightDecay;
}
