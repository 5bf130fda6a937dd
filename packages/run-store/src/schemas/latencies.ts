import type { Latencies } from '@netspace/contracts';
import { z } from 'zod';

const milliseconds = z.number().min(0);

export const latencySchema = z.strictObject({
  median: milliseconds,
  lowerQuartile: milliseconds,
  upperQuartile: milliseconds,
  passes: z.int().min(1),
});

export const latenciesSchema: z.ZodType<Latencies> = z.array(
  z.strictObject({
    engine: z.string(),
    description: z.string(),
    batchSize: z.int().min(1),
    networks: z.record(z.string(), latencySchema),
  }),
);
