import {
  type DesignSpace,
  InvalidInputError,
  type Proposal,
  type RefinedSpace,
  type RefinementKind,
  type SampledNetwork,
} from '@netspace/contracts';
import {
  defineDesignSpace,
  degreesOfFreedom,
  includesNetwork,
  type NetworkTest,
  type PopulationRequest,
  samplePopulation,
  sizeOf,
  type SpaceOptions,
} from '@netspace/design-space';
import { openRandom } from '@netspace/random';
import type { Ground, ProposedSpace, TrainingOutcome } from './ground.js';

/** How networks of design spaces are drawn, trained and proposed from. */
export interface DesignSpaceGroundOptions {
  /** What every network is drawn for. */
  readonly request: Omit<PopulationRequest, 'space' | 'count' | 'seed'>;
  /** Of everything that is drawn. */
  readonly seed: number;
  /** Of the first space; those after it are named by it and their number. */
  readonly start: DesignSpace;
  /** Kinds of refinements by name. */
  readonly kinds: Readonly<Record<string, RefinementKind>>;
  /** Proposals of the user's own, which are made for every space that they change. */
  readonly own: readonly Proposal[];
  /** Trains networks, in this order. */
  readonly train: (networks: readonly SampledNetwork[]) => Promise<readonly TrainingOutcome[]>;
}

/** Candidates for one network of a proposed space, after which no more are drawn: its other networks would be too rare. */
const candidatesEach = 5000;

/** The ground of design spaces, whose refinements are definitions that extend them. */
export function designSpaceGround(options: DesignSpaceGroundOptions): Ground<DesignSpace, SampledNetwork> {
  const { request, seed, start, kinds, own, train } = options;
  const tests = new Map<DesignSpace, NetworkTest>();
  const statements = new Map<DesignSpace, string>();
  const testOf = (space: DesignSpace): NetworkTest => {
    const test = tests.get(space) ?? includesNetwork(space);
    tests.set(space, test);
    return test;
  };
  return {
    describe: (space) => describe(space, statements.get(space) ?? ''),
    idOf: ({ id }) => id,
    featuresOf,
    parametersOf: ({ parameters }) => parameters,
    includes: (space, network) => testOf(space)(network),
    propose: (space, trained, step) => {
      const ground = { space, networks: trained, seed };
      const made = [...own, ...Object.values(kinds).flatMap((kind) => kind(ground))];
      const proposed = made.flatMap((proposal) => spaceOf(proposal, space, `${start.name}-${step}`, request));
      proposed.forEach(({ space: changed, statement }) => statements.set(changed, statement));
      return distinct(proposed);
    },
    draw: async (space, count, stream) => {
      // A seed of its own for each stream: the sampler's streams are of the seed, the space's name and the member.
      const drawn = {
        ...request,
        space,
        count,
        fewer: true,
        seed: openRandom(seed, 'refine', stream).integer(0, 2 ** 31 - 1),
      };
      const { networks } = await samplePopulation(space === start ? drawn : { ...drawn, candidates: candidatesEach });
      return networks;
    },
    train,
  };
}

function describe(space: DesignSpace, statement: string): RefinedSpace {
  const { combinations } = sizeOf(space);
  const digits = String(combinations);
  const log10Size = Math.log10(Number(digits.slice(0, 15))) + Math.max(0, digits.length - 15);
  return { name: space.name, statement, degreesOfFreedom: degreesOfFreedom(space), log10Size };
}

/** The changed space; none where the change is not possible in this one. */
function spaceOf(
  { name, statement, change }: Proposal,
  space: DesignSpace,
  newName: string,
  { distributions }: SpaceOptions,
): ProposedSpace<DesignSpace>[] {
  const { kind, ...rest } = change;
  const extended =
    kind === undefined || kind === space.kind
      ? { extends: space, ...rest }
      : { ...keptOf(space), constraints: [...space.constraints], ...change };
  try {
    const options = distributions === undefined ? {} : { distributions };
    const changed = defineDesignSpace(
      { ...extended, name: newName, description: `${statement}.` } as Parameters<typeof defineDesignSpace>[0],
      options,
    );
    return [{ name, statement, space: changed }];
  } catch (error) {
    if (error instanceof InvalidInputError) return [];
    throw error;
  }
}

function keptOf({ block, squeezeExcitationRatio, stages, strides }: DesignSpace) {
  return {
    ...{ block, squeezeExcitationRatio },
    stages: stages.low === stages.high ? stages.low : [stages.low, stages.high],
    strides: typeof strides === 'number' ? strides : [...strides],
  };
}

function distinct(proposed: readonly ProposedSpace<DesignSpace>[]): ProposedSpace<DesignSpace>[] {
  const names = new Set<string>();
  return proposed.filter(({ name }) => !names.has(name) && names.add(name));
}

/** Stages that features are told of: of networks with fewer, the last one's are repeated. */
const featureStages = 4;

/**
 * Logarithms of what a network is: its complexity, depth and each stage; and by how many doublings widths and depths fall
 * from stage to stage, which no sum of the others tells.
 */
function featuresOf({ config: { stages }, complexity: { flops, params, acts } }: SampledNetwork): number[] {
  const depth = stages.reduce((sum, stage) => sum + stage.depth, 0);
  const told = Array.from({ length: featureStages }, (_, index) => stages[Math.min(index, stages.length - 1)]!);
  const ofStages = told.flatMap((stage) => [stage.depth, stage.width, stage.bottleneckRatio, stage.groupWidth]);
  const logarithms = [flops, params, acts, depth, ...ofStages].map(Math.log2);
  return [...logarithms, fallOf(stages.map((stage) => stage.width)), fallOf(stages.map((stage) => stage.depth))];
}

function fallOf(values: readonly number[]): number {
  return values.reduce(
    (sum, value, index) => sum + (index === 0 ? 0 : Math.max(0, Math.log2(values[index - 1]! / value))),
    0,
  );
}
