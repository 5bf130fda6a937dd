import type { Proposal } from '@netspace/contracts';
import { z } from 'zod';

const names = z.array(z.string().min(1)).default([]);

const parameter = z.union([
  z.strictObject({ value: z.number() }),
  z.strictObject({ equals: z.string() }),
  z.strictObject({
    distribution: z.exactOptional(z.string()),
    low: z.exactOptional(z.number()),
    high: z.exactOptional(z.number()),
    quantum: z.exactOptional(z.number()),
  }),
]);

const proposal = z.strictObject({
  name: z.string().min(1).meta({ description: 'Distinct from the others.' }),
  statement: z.string().min(1).meta({ description: 'What it says, for people.' }),
  change: z
    .strictObject({
      kind: z.exactOptional(z.enum(['anynet', 'regnet'])),
      parameters: z.exactOptional(z.record(z.string(), parameter)),
      shared: z.exactOptional(z.array(z.string())),
      nondecreasing: z.exactOptional(z.array(z.string())),
      constraints: z.exactOptional(z.array(z.string())),
    })
    .meta({ description: 'What it changes: keys of a definition of a space that extends the current one.' }),
}) satisfies z.ZodType<Proposal>;

/** The `refine` section of a study: what `netspace refine` may spend, and what it is held to. */
export const refineSchema = z.strictObject({
  margin: z.number().positive().lt(100).default(1).meta({
    description: 'Difference of mean errors that counts as a loss.',
    unit: 'percentage points',
  }),
  errorRate: z.number().gt(0).lt(1).default(0.05).meta({
    description: 'Chance, at most, that one step of the whole chain costs more than the margin.',
  }),
  budget: z
    .union([
      z.strictObject({ networks: z.int().min(1).meta({ description: 'Trainings.', unit: 'networks' }) }),
      z.strictObject({ hours: z.number().positive().meta({ description: 'Time of all workers.', unit: 'hours' }) }),
      z.strictObject({
        flops: z
          .number()
          .positive()
          .meta({ description: 'Of one pass of each network over one image.', unit: 'multiply-adds' }),
      }),
    ])
    .default({ networks: 1000 })
    .meta({
      description: 'What trainings may take in all, in one of three units.',
    }),
  pairs: z.int().min(12).default(100).meta({
    description: 'Fresh networks of each of two spaces that one confirmation may take.',
  }),
  final: z.int().min(0).default(50).meta({
    description: 'Fresh networks of every space of the chain that are trained at its end.',
  }),
  proposals: z
    .array(proposal)
    .default([])
    .meta({ description: 'Proposals of your own, tried beside those that netspace makes.' }),
  accept: names.meta({ description: 'Names of proposals that are accepted without being confirmed.' }),
  reject: names.meta({ description: 'Names of proposals that are not tried.' }),
});

/** How a study's space is refined. */
export type RefineSection = z.output<typeof refineSchema>;
