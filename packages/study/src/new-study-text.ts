import { InvalidInputError } from '@netspace/contracts';
import { nameProblem } from './name-schema.js';
import { shippedStudyText } from './shipped-studies.js';

/**
 * The text of a commented study file, valid as it stands: a shipped study under another name, or AnyNetX-A against RegNetX
 * on MNIST in one regime.
 *
 * @param name - Of the study.
 * @param from - The shipped study to copy, one of {@link shippedStudies}.
 * @throws InvalidInputError where the name is none, or no study `from` is shipped.
 * @example
 * import { newStudyText } from '@netspace/study';
 * newStudyText('first').split('\n')[1]; // => 'name: "first" # also the name of its folder of results'
 * newStudyText('mine', 'random-search').includes('name: "mine"'); // => true
 */
export function newStudyText(name: string, from?: string): string {
  const expected = nameProblem(name);
  if (expected !== undefined)
    throw new InvalidInputError({ key: 'name', problem: `got ${JSON.stringify(name)}`, expected });
  return from === undefined ? firstStudyText(name) : renamed(shippedStudyText(from), name);
}

function renamed(text: string, name: string): string {
  return text.replace(/^name: .*$/m, () => `name: ${JSON.stringify(name)}`);
}

function firstStudyText(name: string): string {
  return `# A study of design spaces. docs/study-file.md tells of every key.
name: ${JSON.stringify(name)} # also the name of its folder of results
seed: 1 # of everything that is drawn at random

# What is compared: shipped spaces by name (\`netspace spaces\`), YAML files by path, or definitions.
spaces:
  - AnyNetX-A
  - RegNetX
  # - { name: RegNetX-narrow, extends: RegNetX, parameters: { w_0: { high: 64 } } }
  # - ./my-space.yaml
# plugins: [./my-plugin.mjs] # modules that bring blocks, stems, distributions, datasets, engines, evaluators, figures, claims, refinements

networks: 24 # drawn from each space
# replicates: 3 # trainings of each network
# replicated: 8 # ... of the first 8 networks of each space
regime: # limits of every network: [low, high], { min: 1M } or { max: 1M }
  flops: [600k, 1M] # multiply-adds for one image
  # params: { max: 100k }
stem: { type: res_stem_cifar, width: 8 }

# What they are trained on, how, and by what.
dataset: { name: mnist, trainImages: 8000, testImages: 4000 }
recipe:
  epochs: 3
  batchSize: 64
  # learningRate: { schedule: cosine, base: 0.1 }
# engine: auto # native, tfjs, reference
# latency: { engines: [native, tfjs], batchSizes: [1, 64] } # what inference times are measured of
# evaluator: { command: [python3, train.py] } # a program of yours, instead of an engine

# What is computed of the results.
# compare: first # each space with the first; or predecessor, all
# matched: true # pairs of networks of equal flops, too
# claims: [regnet-loses-nothing] # all where left out
# stop: { halfWidth: 1 } # ends early, once every difference of means is known to one point

# What varies beside the space. A matrix, every combination of which is a setting:
# settings:
#   block: [x, vr]
#   recipe.precision: [float32, bfloat16]
# or a list:
# settings:
#   - { name: short }
#   - { name: long, recipe: { epochs: 10 } }
`;
}
