import type { Refinement } from '@netspace/contracts';
import { z } from 'zod';

const count = z.int().min(0);
const interval = z.strictObject({ low: z.number(), high: z.number() });

const space = z.strictObject({
  name: z.string(),
  statement: z.string(),
  degreesOfFreedom: count,
  log10Size: z.number(),
});

const proposal = z.strictObject({
  name: z.string(),
  statement: z.string(),
  space,
  goal: z.enum(['loses nothing', 'helps']),
  predicted: z.number().nullable(),
  effect: z.number().nullable(),
  interval: interval.nullable(),
  confidence: z.number().nullable(),
  pairs: count,
  explained: z.number().nullable(),
  trainings: count,
  verdict: z.enum(['accepted', 'rejected', 'undecided', 'not tried']),
  reason: z.string(),
});

const step = z.strictObject({
  space,
  networks: count,
  importances: z.array(z.strictObject({ name: z.string(), importance: z.number(), p: z.number() })),
  proposals: z.array(proposal),
});

/** How a space was refined. */
export const refinementSchema = z.strictObject({
  margin: z.number(),
  errorRate: z.number(),
  cap: z.number(),
  trainings: count,
  spent: z.number(),
  budget: z.number(),
  spaces: z.array(space).min(1),
  steps: z.array(step),
  ended: z.string(),
  notProposed: z.array(z.string()),
  final: z.array(z.strictObject({ space: z.string(), errors: z.array(z.number()) })),
}) satisfies z.ZodType<Refinement>;
