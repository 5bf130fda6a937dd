import { z } from 'zod';

/** The `latency` of a study file. */
export const latencySchema = z.strictObject({
  engines: z.exactOptional(z.array(z.string()).min(1)).meta({
    description:
      'Engines that networks are timed on, by name, those that are available; `engine` of the study where left out.',
  }),
  batchSizes: z.array(z.int().min(1)).min(1).default([1]).meta({
    description: 'Images of one inference pass: each of these is measured on each engine.',
    unit: 'images',
  }),
});
