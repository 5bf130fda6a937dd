import type {
  Latencies,
  Latency,
  NetworkConfig,
  Population,
  QuantizedLinearFit,
  SampledNetwork,
  TrainingRecord,
} from '@netspace/contracts';
import { fitNetwork } from './fit-population.js';
import type { ArmResults, StudyResults } from './study-results.js';

/** What became of one training: its error in per cent, or that it has none. */
export type MadeOutcome = number | 'diverged' | 'failed' | 'missing';

/** A network to make up: the fields left out have fixed values. */
export interface MadeNetwork {
  /** Of its training; of each, where there are several. */
  readonly error: MadeOutcome | readonly MadeOutcome[];
  readonly depths?: readonly number[];
  readonly widths?: readonly number[];
  readonly flops?: number;
  readonly params?: number;
  readonly acts?: number;
  /** 0 unless told. */
  readonly squeezeExcitationRatio?: number;
  readonly parameters?: Readonly<Record<string, number>>;
  /** Of each training; none where it is left out. */
  readonly validationError?: number;
  /** Test errors after each epoch of each training, and the training loss of the last (1 unless told). */
  readonly epochs?: readonly number[];
  readonly trainLoss?: number;
}

/** An arm as it is drawn and trained here. */
export interface MadeArm extends ArmResults {
  readonly population: Population;
  readonly records: readonly TrainingRecord[];
  readonly replicates: number;
}

/**
 * An arm of made-up networks, in the given order. Their ids are the arm's name and a number: `A-0`.
 *
 * @param setting - `base` unless told.
 * @param space - Named as the arm unless told.
 * @example
 * import { madeArm } from '@netspace/analysis/testing';
 * madeArm('A', [{ error: 12 }, { error: 'diverged' }]).records.map(({ status }) => status); // => ['completed', 'diverged']
 */
export function madeArm(name: string, networks: readonly MadeNetwork[], setting = 'base', space = name): MadeArm {
  const made = networks.map((network, index) => networkOf(name, network, index));
  const outcomes = networks.map(({ error }) => [error].flat());
  return {
    name,
    setting,
    population: {
      space,
      regime: { flops: { low: 4e6, high: 8e6 } },
      seed: 7,
      networks: made,
      sampling: { drawn: 200, accepted: networks.length, rejected: { flops: 150, 'params < 3e6': 20 } },
    },
    records: made.flatMap((network, index) =>
      outcomes[index]!.flatMap((outcome, replicate) =>
        outcome === 'missing' ? [] : [recordOf(name, network, networks[index]!, { replicate, outcome })],
      ),
    ),
    replicates: Math.max(1, ...outcomes.map(({ length }) => length)),
    chanceLoss: Math.log(10),
    degreesOfFreedom: 10,
    size: '3.2e14',
  };
}

/**
 * A study of made-up arms, without inference times.
 *
 * @example
 * import { analyseStudy } from '@netspace/analysis';
 * import { madeArm, madeStudy } from '@netspace/analysis/testing';
 * const [arm] = analyseStudy(madeStudy([madeArm('A', [{ error: 12 }, { error: 10 }])])).arms;
 * arm?.errors?.mean; // => 11
 */
export function madeStudy(arms: readonly MadeArm[]): StudyResults {
  const networks = arms.flatMap(({ population }) => population.networks);
  return {
    arms,
    fits: Object.fromEntries(networks.map(({ id, config }) => [id, fitOnce(config)])),
    latencies: [],
    compare: 'first',
    matched: false,
    claims: {},
  };
}

const knownFits = new Map<string, QuantizedLinearFit>();

/** Made-up networks are the same again and again, and a fit takes long. */
function fitOnce(config: NetworkConfig): QuantizedLinearFit {
  const key = JSON.stringify(config);
  const fit = knownFits.get(key) ?? fitNetwork(config);
  knownFits.set(key, fit);
  return fit;
}

/**
 * Inference times of single images that rise with acts.
 *
 * @example
 * import { madeArm, madeLatencies } from '@netspace/analysis/testing';
 * madeLatencies([madeArm('A', [{ error: 12, acts: 2e5 }])])[0]?.networks['A-0']?.median; // => 2
 */
export function madeLatencies(arms: readonly MadeArm[]): Latencies {
  const networks = arms.flatMap(({ population }) =>
    population.networks.map(({ id, complexity: { acts } }, index): [string, Latency] => {
      const median = acts / 1e5 + (index % 4) / 10;
      return [id, { median, lowerQuartile: 0.9 * median, upperQuartile: 1.2 * median, passes: 30 }];
    }),
  );
  return [{ engine: 'made', description: 'made up', batchSize: 1, networks: Object.fromEntries(networks) }];
}

/**
 * So many networks whose errors, widths, depths and costs vary; every ninth diverged.
 *
 * @example
 * import { variedNetworks } from '@netspace/analysis/testing';
 * variedNetworks(9, 5).map(({ error }) => error)[8]; // => 'diverged'
 */
export function variedNetworks(count: number, bestError: number): MadeNetwork[] {
  return Array.from({ length: count }, (_, index) => {
    const spread = (index * 7) % count;
    return {
      error: index % 9 === 8 ? 'diverged' : bestError + spread / 2 + (index % 3),
      depths: [1 + (index % 3), 1 + (spread % 5), 2, 1],
      widths: [16, 24 + 8 * (index % 4), 64, 8 * (9 + spread)],
      flops: 4e6 + 4e5 * ((count - spread) % 11),
      params: 1e5 + 7e4 * ((index * 5) % 13),
      acts: 6e4 + 3e3 * ((index * 3) % 17),
      parameters: { 'd[1]': 1 + (index % 3), 'w[4]': 8 * (9 + spread), b: 2 ** (index % 3), fixed: 3 },
    };
  });
}

function networkOf(arm: string, made: MadeNetwork, index: number): SampledNetwork {
  const { depths = [1, 2], widths = [16, 32], flops = 4.5e6, params = 1e5, acts = 9e4, parameters = {} } = made;
  const config = { ...configOf(depths, widths), squeezeExcitationRatio: made.squeezeExcitationRatio ?? 0 };
  return { id: `${arm}-${index}`, index, config, complexity: { flops, params, acts }, parameters };
}

function recordOf(
  arm: string,
  network: SampledNetwork,
  {
    validationError = null,
    epochs = [],
    trainLoss = 1,
  }: Omit<MadeNetwork, 'validationError'> & { validationError?: number | null },
  { replicate, outcome }: { replicate: number; outcome: Exclude<MadeOutcome, 'missing'> },
): TrainingRecord {
  const task = {
    arm,
    network,
    replicate,
    seed: replicate,
    conditions: 'made',
    seconds: 12 + network.index,
    provenance,
  };
  if (outcome === 'failed') return { ...task, status: 'failed', message: 'out of memory' };
  const history = epochs.map((testError, index) => ({ epoch: index + 1, testError, trainLoss, seconds: 1 }));
  const trained = { ...task, top5Error: null, validationError, epochs: history, imagesPerSecond: 4000 };
  return outcome === 'diverged'
    ? { ...trained, status: 'diverged', error: 100 }
    : { ...trained, status: 'completed', error: outcome };
}

const provenance = {
  netspace: '0.1.0',
  node: '22.0.0',
  evaluator: 'made',
  instructionSet: null,
  host: 'made',
  date: '2026-01-01T00:00:00.000Z',
  attempt: 1,
  writer: 'local',
};

function configOf(depths: readonly number[], widths: readonly number[]): NetworkConfig {
  const stage = { stride: 2, bottleneckRatio: 1, groupWidth: 8 };
  return {
    stem: { type: 'res_stem_cifar', width: 16 },
    block: 'x',
    stages: depths.map((depth, index) => ({ ...stage, depth, width: widths[index]! })),
    squeezeExcitationRatio: 0,
    headWidth: 0,
    classes: 10,
    imageSize: 32,
    imageChannels: 3,
  };
}
