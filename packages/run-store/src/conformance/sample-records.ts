import type { CompletedRecord, DivergedRecord, FailedRecord } from '@netspace/contracts';

function base(id: string): Omit<FailedRecord, 'status' | 'message'> {
  return {
    arm: 'noise=high/RegNetX',
    network: {
      id,
      index: 0,
      config: {
        stem: { type: 'res_stem_cifar', width: 16 },
        block: 'x',
        stages: [{ depth: 2, width: 32, stride: 2, bottleneckRatio: 0.25, groupWidth: 8 }],
        squeezeExcitationRatio: 0,
        headWidth: 0,
        classes: 10,
        imageSize: 32,
        imageChannels: 3,
      },
      complexity: { flops: 5_000_000_000, params: 100, acts: 10 },
      parameters: { 'd[1]': 2, w_m: 2.1 + 1e-15 },
    },
    replicate: 0,
    seed: 2 ** 31 - 1,
    conditions: 'conditions',
    seconds: 0.1 + 0.2,
    provenance: {
      netspace: '0.2.0',
      node: 'v20.19.0',
      evaluator: 'native',
      instructionSet: 'avx2',
      host: 'here',
      date: '2026-01-31T12:00:00.000Z',
      attempt: 1,
      writer: 'local',
    },
  };
}

export function completed(id: string): CompletedRecord {
  return {
    ...base(id),
    status: 'completed',
    error: 100 / 3,
    top5Error: null,
    validationError: 12.5,
    epochs: [
      { epoch: 1, testError: 90, seconds: 0 },
      {
        epoch: 2,
        testError: 100 / 3,
        testLoss: 5e-324,
        testTop5Error: 0,
        averageTestError: 33,
        validationError: 12.5,
        trainLoss: 1e300,
        trainError: 30,
        learningRate: 0.1,
        seconds: 1,
      },
    ],
    imagesPerSecond: 1234.5,
  };
}

export function diverged(id: string): DivergedRecord {
  return { ...completed(id), status: 'diverged', error: 100, validationError: null, imagesPerSecond: null, epochs: [] };
}

export function failed(id: string): FailedRecord {
  return { ...base(id), status: 'failed', message: 'line one\nline "two": größer, 漢字, \u2028, \\ and \u0000' };
}
