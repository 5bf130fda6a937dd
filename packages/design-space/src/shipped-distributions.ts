import type { BoundsProblem, DistributionBounds, DistributionKind, Random } from '@netspace/contracts';
import { isMultiple, multiplesOf } from './quantize.js';

type Bounds = DistributionBounds;

/**
 * The six distributions of pycls (pycls/sweep/random.py), by name.
 *
 * @example
 * import { shippedDistributions } from '@netspace/design-space';
 * shippedDistributions['power2_uniform']?.valueCount({ low: 1, high: 32, quantum: 1 }); // => 6
 */
export const shippedDistributions: Readonly<Record<string, DistributionKind>> = {
  uniform: { boundsProblem: offMultiples, valueCount: countMultiples, sampler: uniform },
  log_uniform: { boundsProblem: offPositiveMultiples, valueCount: countMultiples, sampler: logUniform },
  power2_uniform: {
    boundsProblem: (bounds) => offPositiveMultiples(bounds) ?? offPowersOfTwo(bounds),
    valueCount: countPowers,
    sampler: power2Uniform,
  },
  power2_or_log_uniform: {
    boundsProblem: (bounds) => notPositive(bounds) ?? offPowersOfTwo(bounds),
    valueCount: countPowersAndMultiples,
    sampler: power2OrLogUniform,
  },
  normal: { boundsProblem: offMultiples, valueCount: countMultiples, sampler: normal },
  log_normal: { boundsProblem: offPositiveMultiples, valueCount: countMultiples, sampler: logNormal },
};

function offMultiples(bounds: Bounds): BoundsProblem | undefined {
  const key = (['low', 'high'] as const).find((end) => !isMultiple(bounds[end], bounds.quantum));
  return key && { key, problem: `got ${bounds[key]}`, expected: `a multiple of the quantum, ${bounds.quantum}` };
}

function notPositive({ low }: Bounds): BoundsProblem | undefined {
  return low > 0 ? undefined : { key: 'low', problem: `got ${low}`, expected: 'a number above 0' };
}

function offPositiveMultiples(bounds: Bounds): BoundsProblem | undefined {
  return notPositive(bounds) ?? offMultiples(bounds);
}

function offPowersOfTwo(bounds: Bounds): BoundsProblem | undefined {
  const key = (['low', 'high', 'quantum'] as const).find((name) => !Number.isInteger(Math.log2(bounds[name])));
  return key && { key, problem: `got ${bounds[key]}`, expected: 'a power of 2' };
}

/** Equal probabilities: floor of a real in [low, high + quantum). */
function uniform({ low, high, quantum }: Bounds): (random: Random) => number {
  const multiple = multiplesOf(quantum);
  const span = high + quantum - low;
  return (random) => clamp(multiple(Math.floor((low + span * random.uniform()) / quantum)), low, high);
}

/** Ceiling of a log-uniform real in (low - q, high], where q is the quantum but at most low / 2. */
function logUniform({ low, high, quantum }: Bounds): (random: Random) => number {
  const multiple = multiplesOf(quantum);
  const logHigh = Math.log(high);
  const span = logHigh - Math.log(low - Math.min(quantum, low / 2));
  return (random) => clamp(multiple(Math.ceil(Math.exp(logHigh - span * random.uniform()) / quantum)), low, high);
}

/** Powers of 2, each as likely. */
function power2Uniform({ low, high }: Bounds): (random: Random) => number {
  const lowest = Math.log2(low);
  const count = countPowers({ low, high });
  return (random) => 2 ** (lowest + Math.floor(count * random.uniform()));
}

/** Powers of 2 below the quantum, else log-uniform multiples of it, so that the whole is log-uniform. */
function power2OrLogUniform({ low, high, quantum }: Bounds): (random: Random) => number {
  const power = power2Uniform({ low, high, quantum });
  const multiple = logUniform(multiplesPart({ low, high, quantum }));
  return (random) => {
    const value = power(random);
    return value < quantum ? value : multiple(random);
  };
}

/** Normal with the middle of the range as mean and a sixth of it as standard deviation, redrawn outside, rounded. */
function normal({ low, high, quantum }: Bounds): (random: Random) => number {
  const multiple = multiplesOf(quantum);
  const inRange = truncatedNormal(low, high);
  return (random) => multiple(Math.round(inRange(random) / quantum));
}

/** The same of the logarithm. */
function logNormal({ low, high, quantum }: Bounds): (random: Random) => number {
  const multiple = multiplesOf(quantum);
  const inRange = truncatedNormal(Math.log(low), Math.log(high));
  return (random) => clamp(multiple(Math.round(Math.exp(inRange(random)) / quantum)), low, high);
}

function truncatedNormal(low: number, high: number): (random: Random) => number {
  const mean = (low + high) / 2;
  const deviation = (high - low) / 6;
  return (random) => {
    for (;;) {
      const value = mean + deviation * random.normal();
      if (value >= low && value <= high) return value;
    }
  };
}

function countMultiples({ low, high, quantum }: Bounds): number {
  return Math.round((high - low) / quantum) + 1;
}

function countPowers({ low, high }: Pick<Bounds, 'low' | 'high'>): number {
  return Math.log2(high) - Math.log2(low) + 1;
}

function countPowersAndMultiples({ low, high, quantum }: Bounds): number {
  const powersBelow = Math.min(Math.max(0, Math.log2(quantum) - Math.log2(low)), countPowers({ low, high }));
  return high < quantum ? powersBelow : powersBelow + countMultiples(multiplesPart({ low, high, quantum }));
}

function multiplesPart({ low, high, quantum }: Bounds): Bounds {
  return { low: Math.max(low, quantum), high, quantum: Math.min(high, quantum) };
}

/** Keeps the float64 rounding of exp and of products from leaving the range. */
function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
