import { quantitySchema } from '@netspace/config-file';
import type { Range, Regime } from '@netspace/contracts';
import { z } from 'zod';

const quantity = quantitySchema.pipe(z.number().nonnegative());

const openLimit = z
  .strictObject({
    min: quantity.optional().meta({ description: 'The least value; 0 where it is left out.' }),
    max: quantity.optional().meta({ description: 'The largest value; none where it is left out.' }),
  })
  .transform(({ min = 0, max = Number.MAX_SAFE_INTEGER }): Range => ({ low: min, high: max }));

/** A limit: `[low, high]`, or `{ min, max }` with one left out. The open side is 0 or 2^53 - 1. */
const limitSchema = z
  .union([z.tuple([quantity, quantity]).transform(([low, high]): Range => ({ low, high })), openLimit])
  .refine(({ low, high }) => low <= high, { error: 'the low end is above the high end' });

/** The `regime` of a setting: limits on the complexity of every network. */
export const regimeSchema = z.strictObject({
  flops: z.exactOptional(limitSchema).meta({
    description: 'Limit on the multiply-adds of a forward pass of one image: `[low, high]`, or `min` and `max`.',
    unit: 'multiply-adds',
  }),
  params: z.exactOptional(limitSchema).meta({
    description: 'Limit on the trainable parameters, likewise.',
    unit: 'parameters',
  }),
  acts: z.exactOptional(limitSchema).meta({
    description: 'Limit on the elements of the outputs of all convolutions for one image, likewise.',
    unit: 'elements',
  }),
}) satisfies z.ZodType<Regime>;
