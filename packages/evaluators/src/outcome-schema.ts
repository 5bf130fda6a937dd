import type { EpochRecord, TrainingOutcome } from '@netspace/contracts';
import { z } from 'zod';
import { integerFrom, numberOf } from './check-values.js';

/** Per cent. */
const error = numberOf(0, 100);
/** Nats. */
const loss = numberOf(0, Infinity);
const measuredOrNot = error.nullable().default(null);

/** An object without other keys than these. */
export function objectOf<Shape extends z.core.$ZodLooseShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> {
  return z.strictObject(shape, `an object of ${Object.keys(shape).join(', ')}`);
}

const epochShape = {
  epoch: integerFrom(1),
  testError: error,
  testLoss: z.exactOptional(loss),
  testTop5Error: z.exactOptional(error),
  averageTestError: z.exactOptional(error),
  validationError: z.exactOptional(error),
  trainLoss: z.exactOptional(loss),
  trainError: z.exactOptional(error),
  learningRate: z.exactOptional(loss),
};

const seconds = numberOf(0, Infinity);

/** An epoch as a program reports it: its seconds are measured where they are left out. */
export const reportedEpochShape = { ...epochShape, seconds: z.exactOptional(seconds) };

/** What a result may say, besides its status and error. */
export const measuredShape = {
  top5Error: measuredOrNot,
  validationError: measuredOrNot,
  imagesPerSecond: numberOf(0, Infinity).nullable().default(null),
};

export const errorSchema = error;

/** An outcome; what was not measured may be left out. */
export const outcomeSchema: z.ZodType<TrainingOutcome> = objectOf({
  status: z.enum(['completed', 'diverged'], 'completed, diverged'),
  error,
  ...measuredShape,
  epochs: z
    .array(objectOf({ ...epochShape, seconds }) satisfies z.ZodType<EpochRecord>, 'a list of epochs')
    .refine(isAscending, 'epochs in ascending order')
    .default([]),
  seconds,
}).refine(({ status, error }) => status === 'completed' || error === 100, {
  path: ['error'],
  message: '100, where a training diverged',
});

function isAscending(epochs: readonly EpochRecord[]): boolean {
  return epochs.every(({ epoch }, index) => index === 0 || epoch > epochs[index - 1]!.epoch);
}
