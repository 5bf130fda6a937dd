import type { DesignSpaceDefinition } from './definition-schema.js';

/**
 * The spaces of the paper, each as what it changes of the one before.
 *
 * Ranges: section 3.2 and 3.3. The distributions are those of pycls: all log-uniform but a RegNet's depth, which is
 * uniform. A RegNet's lower ends, which the paper leaves open, are 8 for w_0 and w_a (as pycls) and 4 for the depth
 * (four stages need as many blocks).
 */
export const shippedDefinitions: readonly DesignSpaceDefinition[] = [
  {
    name: 'AnyNetX-A',
    description: 'Four stages, each with its own depth, width, bottleneck ratio and group width.',
    kind: 'anynet',
    block: 'x',
    stages: 4,
    parameters: {
      d: { distribution: 'log_uniform', low: 1, high: 16, quantum: 1 },
      w: { distribution: 'log_uniform', low: 8, high: 1024, quantum: 8 },
      b: { distribution: 'power2_uniform', low: 1, high: 4, quantum: 1 },
      g: { distribution: 'power2_uniform', low: 1, high: 32, quantum: 1 },
    },
  },
  {
    name: 'AnyNetX-B',
    description: 'One bottleneck ratio for all stages.',
    extends: 'AnyNetX-A',
    shared: ['b'],
  },
  {
    name: 'AnyNetX-C',
    description: 'And one group width for all stages.',
    extends: 'AnyNetX-B',
    shared: ['g'],
  },
  {
    name: 'AnyNetX-D',
    description: 'And widths that never decrease.',
    extends: 'AnyNetX-C',
    nondecreasing: ['w'],
  },
  {
    name: 'AnyNetX-E',
    description: 'And depths that never decrease.',
    extends: 'AnyNetX-D',
    nondecreasing: ['d'],
  },
  {
    name: 'RegNetX',
    description: 'Widths and depths by the quantised-linear rule.',
    kind: 'regnet',
    block: 'x',
    stages: 4,
    parameters: {
      depth: { distribution: 'uniform', low: 4, high: 63, quantum: 1 },
      w_0: { distribution: 'log_uniform', low: 8, high: 248, quantum: 8 },
      w_a: { distribution: 'log_uniform', low: 8, high: 255.9, quantum: 0.1 },
      w_m: { distribution: 'log_uniform', low: 1.5, high: 3, quantum: 0.001 },
      b: { distribution: 'power2_uniform', low: 1, high: 4, quantum: 1 },
      g: { distribution: 'power2_uniform', low: 1, high: 32, quantum: 1 },
    },
  },
  {
    name: 'RegNetX-constrained',
    description: 'The refinements of section 4: b = 1, 12 to 28 blocks, w_m of at least 2, few params and acts.',
    extends: 'RegNetX',
    parameters: {
      depth: { low: 12, high: 28 },
      w_m: { low: 2 },
      b: { value: 1 },
    },
    // pycls/sweep/config.py: at F billion flops, params below 3 + 5.5 F million and acts below 6.5 sqrt(F) million.
    constraints: ['params < 3e6 + 5.5e-3 * flops', 'acts < 6.5e6 * sqrt(flops / 1e9)'],
  },
  {
    name: 'RegNetY',
    description: 'RegNetX with squeeze-excitation.',
    extends: 'RegNetX',
    block: 'y',
    squeezeExcitationRatio: 0.25,
  },
];
