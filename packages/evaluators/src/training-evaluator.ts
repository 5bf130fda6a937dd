import type { Evaluator } from '@netspace/contracts';
import { trainNetworkOf, type TrainingRoom } from './train-network-of.js';

/** The evaluator that trains a network on a dataset with an engine, by the job's recipe and seed. */
export function trainingEvaluator(room: TrainingRoom): Evaluator {
  return {
    description: room.engine.description,
    instructionSet: room.engine.instructionSet,
    evaluate: (job, control) => trainNetworkOf(job, room, control, ({ outcome }) => outcome),
    close: () => Promise.resolve(),
  };
}
