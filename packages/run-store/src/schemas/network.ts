import type {
  Complexity,
  NetworkConfig,
  Population,
  Regime,
  SampledNetwork,
  SamplingReport,
} from '@netspace/contracts';
import { z } from 'zod';

const count = z.int().min(0);
const positive = z.int().min(1);

const range = z.strictObject({ low: z.number(), high: z.number() });

export const regimeSchema: z.ZodType<Regime> = z.strictObject({
  flops: range.exactOptional(),
  params: range.exactOptional(),
  acts: range.exactOptional(),
});

export const complexitySchema: z.ZodType<Complexity> = z.strictObject({ flops: count, params: count, acts: count });

export const networkConfigSchema: z.ZodType<NetworkConfig> = z.strictObject({
  stem: z.strictObject({ type: z.string(), width: positive }),
  block: z.string(),
  stages: z.array(
    z.strictObject({
      depth: positive,
      width: positive,
      stride: positive,
      bottleneckRatio: z.number().positive(),
      groupWidth: positive,
    }),
  ),
  squeezeExcitationRatio: z.number().min(0),
  headWidth: count,
  classes: positive,
  imageSize: positive,
  imageChannels: positive,
});

/** A network as drawn. */
export const sampledNetworkSchema: z.ZodType<SampledNetwork> = z.strictObject({
  id: z.string(),
  index: count,
  config: networkConfigSchema,
  complexity: complexitySchema,
  parameters: z.record(z.string(), z.number()),
});

export const samplingReportSchema: z.ZodType<SamplingReport> = z.strictObject({
  drawn: count,
  accepted: count,
  rejected: z.record(z.string(), count),
});

export const populationSchema: z.ZodType<Population> = z.strictObject({
  space: z.string(),
  regime: regimeSchema,
  seed: z.int(),
  networks: z.array(sampledNetworkSchema),
  sampling: samplingReportSchema,
});
