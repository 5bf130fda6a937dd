import type { DesignSpace, SampledNetwork } from '@netspace/contracts';
import { defineDesignSpace } from '@netspace/design-space';
import { fit } from '@netspace/quantized-linear';

/** A design space whose networks' errors are known. */
export interface Oracle {
  readonly name: string;
  /** What is true of it. */
  readonly truth: string;
  readonly space: DesignSpace;
  /** Without noise, per cent. */
  readonly error: (network: SampledNetwork) => number;
  /** Names of proposals any of which finds the truth; none where there is nothing to be found. */
  readonly found: RegExp | null;
}

const parameters = {
  d: { distribution: 'log_uniform', low: 1, high: 8, quantum: 1 },
  w: { distribution: 'log_uniform', low: 16, high: 128, quantum: 16 },
  b: { distribution: 'power2_uniform', low: 1, high: 4, quantum: 1 },
  g: { distribution: 'power2_uniform', low: 1, high: 16, quantum: 1 },
};

/** Four stages, each with its own of all. */
const free = defineDesignSpace({ name: 'free', kind: 'anynet', block: 'x', stages: 4, parameters });

/** b and g in common, as the quantised line needs them. */
const common = defineDesignSpace({ name: 'common', extends: free, shared: ['b', 'g'] });

/** A common level, and an effect of the depth, of 2 points of standard deviation, that refinements have to see through. */
function ground({ config: { stages } }: SampledNetwork): number {
  const depth = stages.reduce((sum, stage) => sum + stage.depth, 0);
  return 40 - 4 * Math.log2(depth / 12);
}

type Stage = SampledNetwork['config']['stages'][number];

/** How many doublings widths fall short of doubling from one stage to the next, in all. */
function missingDoublings({ config: { stages } }: SampledNetwork): number {
  const ratios = stages.slice(1).map(({ width }, index) => Math.log2(width / stages[index]!.width));
  return ratios.reduce((sum, ratio) => sum + Math.max(0, 1 - ratio), 0);
}

function isSame({ config: { stages } }: SampledNetwork, of: (stage: Stage) => number): boolean {
  return stages.every((stage) => of(stage) === of(stages[0]!));
}

/** What each restriction of the last oracle costs: just above a margin of 1 point. */
const justTooMuch = 1.1;

/** Spaces of known structure, to count how often refining finds it. */
export const oracles: readonly Oracle[] = [
  {
    name: 'b matters little',
    truth: 'b explains 0.05 points, the depth 2: a common b loses nothing',
    space: free,
    error: (network: SampledNetwork): number => ground(network) + 0.05 * network.config.stages[0]!.bottleneckRatio,
    found: /^(share-b|fix-b-)/,
  },
  {
    name: 'widths must rise',
    truth: 'widths should double from stage to stage: each doubling less costs 1.5 points',
    space: free,
    error: (network: SampledNetwork): number => ground(network) + 1.5 * missingDoublings(network),
    found: /^rising-w$/,
  },
  {
    name: 'a quantised line is best',
    truth: 'a factor of 2 between widths and their line costs 7 points',
    space: common,
    error: (network: SampledNetwork): number => {
      const { stages } = network.config;
      const shape = { widths: stages.map(({ width }) => width), depths: stages.map(({ depth }) => depth) };
      return ground(network) + 10 * fit(shape).fitError;
    },
    found: /^quantized-line$/,
  },
  {
    name: 'an optimum inside',
    truth: 'half or twice of 32 channels in the last stage costs 3 points, a quarter 12',
    space: free,
    error: (network: SampledNetwork): number =>
      ground(network) + 3 * Math.log2(network.config.stages.at(-1)!.width / 32) ** 2,
    found: /^((narrow|lower|falling)-w|fix-w-(32|48))$/,
  },
  {
    name: 'an interaction',
    truth: 'b and g cost 2 points a doubling of their product beyond 4 in a stage',
    space: free,
    error: (network: SampledNetwork): number => {
      const products = network.config.stages.map(({ bottleneckRatio: b, groupWidth: g }) => Math.log2((b * g) / 4));
      return ground(network) + 2 * products.reduce((sum, product) => sum + Math.max(0, product), 0);
    },
    found: /^(fix-b-1|fix-g-[12]|(narrow|lower)-[bg])$/,
  },
  {
    name: 'nothing matters',
    truth: 'all networks are alike but for noise',
    space: free,
    error: () => 40,
    found: null,
  },
  {
    name: 'everything costs too much',
    truth: 'a common b, a common g, rising d or rising w each cost 1.1 points or more; the margin is 1',
    space: free,
    error: (network: SampledNetwork): number => {
      const { stages } = network.config;
      const rises = (of: (stage: Stage) => number): boolean =>
        stages.every((stage, index) => index === 0 || of(stage) >= of(stages[index - 1]!));
      const broken = [
        isSame(network, ({ bottleneckRatio }) => bottleneckRatio),
        isSame(network, ({ groupWidth }) => groupWidth),
        rises(({ depth }) => depth),
        rises(({ width }) => width),
      ];
      return 40 + (justTooMuch / 0.9) * broken.filter(Boolean).length;
    },
    found: null,
  },
];
