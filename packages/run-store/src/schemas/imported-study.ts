import type { ImportedStudy, TrainingResult } from '@netspace/contracts';
import { z } from 'zod';
import { resultNetworkSchema } from './analysis.js';

const training = {
  network: z.strictObject({ id: z.string() }),
  replicate: z.int().min(0),
  seconds: z.number().nullable(),
};

const epochSchema = z.strictObject({
  trainLoss: z.number(),
  testError: z.number(),
  validationError: z.number().exactOptional(),
});

const resultSchema: z.ZodType<TrainingResult> = z.discriminatedUnion('status', [
  z.strictObject({
    ...training,
    status: z.literal('completed'),
    error: z.number(),
    validationError: z.number().nullable(),
    epochs: z.array(epochSchema),
  }),
  z.strictObject({
    ...training,
    status: z.literal('diverged'),
    error: z.literal(100),
    validationError: z.number().nullable(),
  }),
  z.strictObject({ ...training, status: z.literal('failed'), message: z.string() }),
]);

export const importedStudySchema: z.ZodType<ImportedStudy> = z.strictObject({
  name: z.string(),
  origin: z.string(),
  compare: z.enum(['predecessor', 'first', 'all']),
  matched: z.boolean(),
  arms: z.array(
    z.strictObject({
      name: z.string(),
      setting: z.string(),
      space: z.string(),
      networks: z.array(resultNetworkSchema),
      results: z.array(resultSchema),
    }),
  ),
});
