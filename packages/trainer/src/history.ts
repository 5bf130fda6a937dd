import type { EpochRecord } from '@netspace/contracts';
import type { Scores } from './scores.js';

/** What has happened in a training so far. */
export interface History {
  readonly epochs: EpochRecord[];
  /** After the last epoch, the scores that count: of the moving average where there is one. */
  final: Scores;
  /** Images trained on and the seconds that took, evaluation apart. */
  trainingImages: number;
  trainingSeconds: number;
}

export function emptyHistory(): History {
  return { epochs: [], final: { loss: NaN, error: 100, top5Error: 100 }, trainingImages: 0, trainingSeconds: 0 };
}
