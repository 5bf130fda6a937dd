import { InvalidInputError } from '@netspace/contracts';
import type { Random } from '@netspace/random';
import { isMultiple, multiplesOf } from './quantize.js';

/** The multiples of `quantum` from `low` to `high`, both included, with the probabilities of a named distribution. */
export interface Distribution {
  readonly distribution: DistributionName;
  readonly low: number;
  readonly high: number;
  readonly quantum: number;
}

/** The names of the registered distributions. */
export type DistributionName =
  'uniform' | 'log_uniform' | 'power2_uniform' | 'power2_or_log_uniform' | 'normal' | 'log_normal';

type Bounds = Pick<Distribution, 'low' | 'high' | 'quantum'>;

/** How one kind of distribution is drawn. */
interface DistributionKind {
  /** Which bounds it may have. `multiples`: low and high are multiples of the quantum. */
  readonly bounds: { readonly positive: boolean; readonly powersOfTwo: boolean; readonly multiples: boolean };
  /** Number of values it can take. */
  readonly valueCount: (bounds: Bounds) => number;
  readonly sampler: (bounds: Bounds) => (random: Random) => number;
}

const anySign = { positive: false, powersOfTwo: false, multiples: true };
const aboveZero = { positive: true, powersOfTwo: false, multiples: true };
const powersOfTwo = { positive: true, powersOfTwo: true, multiples: true };

/** The six distributions of pycls (pycls/sweep/random.py): name to definition. */
export const distributions: Readonly<Record<DistributionName, DistributionKind>> = {
  uniform: { bounds: anySign, valueCount: countMultiples, sampler: uniform },
  log_uniform: { bounds: aboveZero, valueCount: countMultiples, sampler: logUniform },
  power2_uniform: { bounds: powersOfTwo, valueCount: countPowers, sampler: power2Uniform },
  power2_or_log_uniform: {
    bounds: { ...powersOfTwo, multiples: false },
    valueCount: countPowersAndMultiples,
    sampler: power2OrLogUniform,
  },
  normal: { bounds: anySign, valueCount: countMultiples, sampler: normal },
  log_normal: { bounds: aboveZero, valueCount: countMultiples, sampler: logNormal },
};

/**
 * One draw from a distribution.
 *
 * @throws InvalidInputError where its bounds are not those of its kind.
 * @example
 * import { draw } from '@netspace/design-space';
 * import { openRandom } from '@netspace/random';
 * const width = draw({ distribution: 'log_uniform', low: 8, high: 1024, quantum: 8 }, openRandom(7));
 * width % 8; // => 0
 */
export function draw(distribution: Distribution, random: Random): number {
  const problem = boundsProblem(distribution);
  if (problem !== undefined) throw new InvalidInputError(problem);
  return samplerOf(distribution)(random);
}

/** The function that draws from a distribution whose bounds were checked. */
export function samplerOf(distribution: Distribution): (random: Random) => number {
  return distributions[distribution.distribution].sampler(distribution);
}

/** Number of values that a distribution can take. */
export function valueCount(distribution: Distribution): number {
  return distributions[distribution.distribution].valueCount(distribution);
}

/** What is wrong with the bounds of a distribution; undefined where nothing is. */
export function boundsProblem(
  distribution: Distribution,
): { readonly key: 'low' | 'high' | 'quantum'; readonly problem: string; readonly expected: string } | undefined {
  const { low, high, quantum } = distribution;
  const needs = distributions[distribution.distribution].bounds;
  if (!(quantum > 0)) return { key: 'quantum', problem: `got ${quantum}`, expected: 'a number above 0' };
  if (!(low <= high)) return { key: 'low', problem: `got ${low}, above high`, expected: `at most ${high}` };
  if (needs.positive && !(low > 0)) return { key: 'low', problem: `got ${low}`, expected: 'a number above 0' };
  for (const key of ['low', 'high'] as const) {
    const value = distribution[key];
    if (needs.multiples && !isMultiple(value, quantum)) {
      return { key, problem: `got ${value}`, expected: `a multiple of the quantum, ${quantum}` };
    }
  }
  for (const key of ['low', 'high', 'quantum'] as const) {
    const value = distribution[key];
    if (needs.powersOfTwo && !Number.isInteger(Math.log2(value))) {
      return { key, problem: `got ${value}`, expected: 'a power of 2' };
    }
  }
  return undefined;
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
