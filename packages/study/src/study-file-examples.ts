/** An example of each section of a study file that has all of its keys, as YAML. */
export const examples = {
  study: `
name: wide-or-deep
seed: 7
plugins: [./mine.mjs]
spaces:
  - AnyNetX-A
  - ./narrow.yaml
  - { name: wide, extends: RegNetX, parameters: { w_0: { low: 64 } } }
networks: 100
replicates: 2
replicated: 25
compare: predecessor
matched: true
claims: [regnet-loses-nothing, depth-is-stable]
stop: { halfWidth: 1, confidence: 0.95 }
latency: { engines: [native, tfjs], batchSizes: [1, 64] }
regime: { flops: [600k, 1M] }
dataset: { name: mnist }
refine:
  margin: 1
  errorRate: 0.05
  budget: { networks: 1000 } # or { hours: 3 }, or { flops: 1e9 }
  pairs: 100
  final: 50
  accept: [share-b]
  reject: [share-w]
  proposals:
    - name: wide-end
      statement: the last stage is wide
      change: { constraints: ['w[end] >= 64'] } # and kind: , parameters: , shared: , nondecreasing: as in a space
engine: native
evaluator: { command: [python3, train.py] }
slurm: { time: '08:00:00', gres: gpu:1 }
settings:
  block: [x, vr]
  recipe.epochs: [3, 10]
`,
  settings: `
regime: { flops: { min: 1M, max: 2.5M }, params: { max: 200k }, acts: [10k, 100k] }
stem: { type: res_stem_cifar, width: 16 }
dataset: { name: synthetic, classes: 10, channels: 3, trainImages: 5000, testImages: 1000, difficulty: 0.5, seed: 1 }
imageSize: 16
recipe: { epochs: 5, batchSize: 64 }
settings:
  - { name: base }
  - { name: large, imageSize: 32, regime: { flops: { max: 10M } } }
  - { name: shallow, stages: [2, 3], block: vr, recipe: { precision: bfloat16 } }
`,
  dataset: {
    mnist: 'dataset: { name: mnist, directory: ./digits, trainImages: 8000, testImages: 4000 }',
    cifar10: 'dataset: { name: cifar10, directory: ../cifar-10-batches-bin, trainImages: 5000, testImages: 1000 }',
    folder: `
dataset:
  name: folder
  directory: ./photographs # of CLASS/*.png
  imageSize: 32
  channels: 3
  mirrorable: true
  split: { test: 0.2, validation: 0.1, seed: 1 }
  trainImages: 5000
  testImages: 1000
`,
    npy: `
dataset:
  name: npy
  directory: ./arrays # of images.npy, labels.npy
  mirrorable: true
  split: { test: 0.2, validation: 0.1, seed: 1 }
  trainImages: 5000
  testImages: 1000
`,
    synthetic: `
dataset:
  name: synthetic
  classes: 10
  imageSize: 16
  channels: 3
  trainImages: 5000
  testImages: 1000
  difficulty: 0.5
  seed: 1
`,
    external: 'dataset: { name: external, classes: 1000, channels: 3, imageSize: 224 }',
  },
  recipe: `
recipe:
  epochs: 10
  batchSize: 128
  optimizer: { momentum: 0.9, nesterov: true, weightDecay: 5e-5, batchNormWeightDecay: 0, biasWeightDecay: 0 }
  precision: float32
  storage: float32
  learningRate: { schedule: cosine, base: 0.1, minimumFactor: 0 }
  # learningRate: { schedule: step, base: 0.1, epochs: [6, 9], factor: 0.1 }
  warmup: { epochs: 1, factor: 0.1 }
  labelSmoothing: 0.1
  movingAverage: { decay: 0.99999, period: 32 }
  preciseStatistics: { images: 8192 }
  validation: 0.1
  augmentation: { cropPadding: 4, mirror: true }
`,
  evaluator: 'evaluator: { command: [python3, train.py, --gpu], timeLimit: 3600, processes: many }',
  slurm: `
slurm:
  workers: 16
  atOnce: 8
  cpus: 8
  time: '08:00:00'
  grace: 60
  partition: main
  account: lab
  qos: normal
  mem: 16G
  gres: gpu:1
  constraint: avx512
  modules: [nodejs/20]
`,
  space: `
name: narrow
description: Narrow stages of one group width, with squeeze-excitation.
extends: AnyNetX-A
kind: anynet
block: y
squeezeExcitationRatio: 0.25
stages: [3, 4]
strides: 2
parameters:
  w: { distribution: log_uniform, low: 8, high: 256, quantum: 8 }
  b: { value: 1 }
shared: [g]
nondecreasing: [w, d]
constraints: ['params < 3e6 + 5.5e-3 * flops']
# of a space that extends RegNetX:
# parameters: { w_a: { equals: w_0 } }
`,
} as const;
