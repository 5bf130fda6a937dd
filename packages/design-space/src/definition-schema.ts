import { z } from 'zod';
import type { DesignSpace } from './design-space.js';

const stride = z.literal([1, 2]);
const stageCount = z.int().min(1);

const parameterSchema = z.strictObject({
  distribution: z.string().optional(),
  low: z.number().optional(),
  high: z.number().optional(),
  quantum: z.number().positive().optional(),
  /** A fixed value, instead of a distribution. */
  value: z.number().optional(),
  /** Name of the parameter that it equals, instead of a distribution. */
  equals: z.string().optional(),
});

/** The form of a design space's definition; what the keys mean is told in {@link DesignSpace}. */
export const definitionSchema = z.strictObject({
  name: z.string().min(1),
  description: z.string().optional(),
  extends: z.string().optional(),
  kind: z.enum(['anynet', 'regnet']).optional(),
  block: z.string().min(1).optional(),
  squeezeExcitationRatio: z.number().min(0).optional(),
  stages: z.union([stageCount, z.tuple([stageCount, stageCount])]).optional(),
  strides: z.union([stride, z.array(stride)]).optional(),
  parameters: z.record(z.string(), parameterSchema).optional(),
  shared: z.array(z.string()).optional(),
  nondecreasing: z.array(z.string()).optional(),
  constraints: z.array(z.string()).optional(),
});

/** A design space as written: what it changes of the space it extends, or all of a space of its own. */
export interface DesignSpaceDefinition extends Omit<z.input<typeof definitionSchema>, 'extends'> {
  /** The space that it changes: by name, or, in code, the space itself. */
  readonly extends?: string | DesignSpace | undefined;
}

/** A parameter as written: what it changes of the parameter it overrides, or all of one of its own. */
export type ParameterDefinition = z.input<typeof parameterSchema>;
