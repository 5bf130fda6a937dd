import { z } from 'zod';
import { allClaims } from './shipped-claims.js';

/** The keys of a study file that decide what is computed of results, and when there are enough of them. */
export const analysisKeys = {
  compare: z.enum(['predecessor', 'first', 'all']).default('first').meta({
    description:
      'Which spaces of a setting are compared: each with the one before it, each with the first, or all pairs.',
  }),
  matched: z.boolean().default(false).meta({
    description: 'Whether pairs of networks of equal flops, within 1 %, are compared, too.',
  }),
  claims: z
    .union([z.literal(allClaims), z.array(z.string())])
    .default(allClaims)
    .meta({
      description: 'The claims that are decided: shipped ones and those of plugins by name, or `all` of both.',
    }),
  stop: z
    .exactOptional(
      z.strictObject({
        halfWidth: z.number().positive().lt(100).meta({
          description:
            'The run ends once the difference of mean errors is known to this on either side in every comparison.',
          unit: 'percentage points',
        }),
        confidence: z.number().gt(0).lt(1).default(0.95).meta({
          description: 'With which confidence in each comparison, however often one looks.',
        }),
      }),
    )
    .meta({ description: 'When a run ends before all `networks` are trained; not where left out.' }),
};
