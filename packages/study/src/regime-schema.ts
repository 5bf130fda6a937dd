import { quantitySchema } from '@netspace/config-file';
import type { Range, Regime } from '@netspace/contracts';
import { z } from 'zod';

const quantity = quantitySchema.pipe(z.number().nonnegative());

const openLimit = z
  .strictObject({ min: quantity.optional(), max: quantity.optional() })
  .transform(({ min = 0, max = Number.MAX_SAFE_INTEGER }): Range => ({ low: min, high: max }));

/** A limit: `[low, high]`, or `{ min, max }` with one left out. The open side is 0 or 2^53 - 1. */
const limitSchema = z
  .union([z.tuple([quantity, quantity]).transform(([low, high]): Range => ({ low, high })), openLimit])
  .refine(({ low, high }) => low <= high, { error: 'the low end is above the high end' });

/** The `regime` of a setting: limits on the complexity of every network. */
export const regimeSchema = z.strictObject({
  flops: z.exactOptional(limitSchema),
  params: z.exactOptional(limitSchema),
  acts: z.exactOptional(limitSchema),
}) satisfies z.ZodType<Regime>;
