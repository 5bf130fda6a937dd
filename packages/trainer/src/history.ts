import type { EpochRecord } from '@netspace/contracts';

/** What has happened in a training so far. */
export interface History {
  readonly epochs: EpochRecord[];
  /** Images trained on and the seconds that took, evaluation apart. */
  trainingImages: number;
  trainingSeconds: number;
}

export function emptyHistory(): History {
  return { epochs: [], trainingImages: 0, trainingSeconds: 0 };
}
