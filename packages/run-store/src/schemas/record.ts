import type {
  EpochRecord,
  Provenance,
  TrainingOutcome,
  TrainingRecord,
  TrainingTask,
  WorkerDescription,
} from '@netspace/contracts';
import { z } from 'zod';
import { sampledNetworkSchema } from './network.js';

const perCent = z.number().min(0).max(100);
const seconds = z.number().min(0);

const description = {
  netspace: z.string(),
  node: z.string(),
  evaluator: z.string(),
  instructionSet: z.string().nullable(),
  host: z.string(),
};

/** What trained, where. */
export const workerDescriptionSchema: z.ZodType<WorkerDescription> = z.strictObject(description);

const provenanceSchema: z.ZodType<Provenance> = z.strictObject({
  ...description,
  date: z.iso.datetime(),
  attempt: z.int().min(1),
  writer: z.string(),
});

/** One epoch of a training. */
export const epochRecordSchema: z.ZodType<EpochRecord> = z.strictObject({
  epoch: z.int().min(1),
  testError: perCent,
  testLoss: z.number().exactOptional(),
  testTop5Error: perCent.exactOptional(),
  averageTestError: perCent.exactOptional(),
  validationError: perCent.exactOptional(),
  trainLoss: z.number().exactOptional(),
  trainError: perCent.exactOptional(),
  learningRate: z.number().exactOptional(),
  seconds,
});

const task = {
  arm: z.string(),
  network: sampledNetworkSchema,
  replicate: z.int().min(0),
  seed: z.int().min(0),
  conditions: z.string(),
};

/** One training that a run asks for. */
export const trainingTaskSchema: z.ZodType<TrainingTask> = z.strictObject(task);

const measured = {
  top5Error: perCent.nullable(),
  validationError: perCent.nullable(),
  epochs: z.array(epochRecordSchema),
  seconds,
  imagesPerSecond: z.number().min(0).nullable(),
};

/** What became of a network that was trained. */
export const trainingOutcomeSchema: z.ZodType<TrainingOutcome> = z.discriminatedUnion('status', [
  z.strictObject({ ...measured, status: z.literal('completed'), error: perCent }),
  z.strictObject({ ...measured, status: z.literal('diverged'), error: z.literal(100) }),
]);

const base = { ...task, seconds, provenance: provenanceSchema };
const trained = { ...base, ...measured };

/** The result of one training. */
export const trainingRecordSchema: z.ZodType<TrainingRecord> = z.discriminatedUnion('status', [
  z.strictObject({ ...trained, status: z.literal('completed'), error: perCent }),
  z.strictObject({ ...trained, status: z.literal('diverged'), error: z.literal(100) }),
  z.strictObject({ ...base, status: z.literal('failed'), message: z.string() }),
]);
