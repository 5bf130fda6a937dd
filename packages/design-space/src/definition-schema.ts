import { z } from 'zod';
import type { DesignSpace } from './design-space.js';

const stride = z.literal([1, 2]);
const stageCount = z.int().min(1);

const parameterSchema = z.strictObject({
  distribution: z.string().optional().meta({
    description: 'How it is drawn: a shipped distribution, or one of a plugin.',
  }),
  low: z.number().optional().meta({ description: 'The least value that is drawn.' }),
  high: z.number().optional().meta({ description: 'The largest value that is drawn.' }),
  quantum: z.number().positive().optional().meta({
    description: 'Every value is a multiple of it.',
  }),
  value: z.number().optional().meta({ description: 'A fixed value, instead of a distribution.' }),
  equals: z.string().optional().meta({
    description: 'Name of the parameter that it equals, instead of a distribution.',
  }),
});

/** The form of a design space's definition. Every key has a `description` in its `meta()`. */
export const definitionSchema = z.strictObject({
  name: z.string().min(1).meta({ description: 'Name of the space.' }),
  description: z.string().optional().meta({ description: 'One sentence for people.' }),
  extends: z.string().optional().meta({
    description: 'The space that it changes: a shipped one by name, another of the same study, or a YAML file by path.',
  }),
  kind: z.enum(['anynet', 'regnet']).optional().meta({
    description: 'How widths and depths come about: one of each for every stage, or the quantised-linear rule.',
  }),
  block: z.string().min(1).optional().meta({ description: 'Block type: a shipped one, or one of a plugin.' }),
  squeezeExcitationRatio: z.number().min(0).optional().meta({
    description: "Reduced width of squeeze-excitation over the block's input width, of block types that have it.",
  }),
  stages: z
    .union([stageCount, z.tuple([stageCount, stageCount])])
    .optional()
    .meta({ description: 'Number of stages, or its range.', unit: 'stages' }),
  strides: z
    .union([stride, z.array(stride)])
    .optional()
    .meta({
      description: "Stride of every stage's first block, or a list of one for each stage; 2 where nothing says it.",
    }),
  parameters: z.record(z.string(), parameterSchema).optional().meta({
    description:
      'By name; what is said of one overrides the extended space key by key. `anynet`: d, w, b, g; `regnet`: depth, w_0, w_a, w_m, b, g.',
  }),
  shared: z.array(z.string()).optional().meta({
    description: 'Parameters that are the same in all stages; added to those of the extended space.',
  }),
  nondecreasing: z.array(z.string()).optional().meta({
    description: 'Parameters that never decrease from one stage to the next; added likewise.',
  }),
  constraints: z.array(z.string()).optional().meta({
    description:
      'What every network must fulfil, as expressions over d, w, b, g, depth, flops, params and acts; added likewise.',
  }),
});

/** A design space as written: what it changes of the space it extends, or all of a space of its own. */
export interface DesignSpaceDefinition extends Omit<z.input<typeof definitionSchema>, 'extends'> {
  /** The space that it changes: by name, or, in code, the space itself. */
  readonly extends?: string | DesignSpace | undefined;
}

/** A parameter as written: what it changes of the parameter it overrides, or all of one of its own. */
export type ParameterDefinition = z.input<typeof parameterSchema>;
