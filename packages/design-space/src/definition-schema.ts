import { z } from 'zod';
import type { DesignSpace } from './design-space.js';

const stride = z.literal([1, 2]);
const stageCount = z.int().min(1);

const parameterSchema = z.strictObject({
  distribution: z.string().optional().meta({
    description:
      'How it is drawn: `uniform`, `log_uniform`, `power2_uniform`, `normal`, or another distribution by name.',
  }),
  low: z.number().optional().meta({ description: 'Smallest value.' }),
  high: z.number().optional().meta({ description: 'Largest value.' }),
  quantum: z.number().positive().optional().meta({ description: 'Step between values.' }),
  value: z.number().optional().meta({ description: 'A fixed value, instead of a distribution.' }),
  equals: z.string().optional().meta({ description: 'The parameter that it equals, instead of a distribution.' }),
});

const names = z.array(z.string()).optional();

/** The form of a design space's definition; what the keys mean is told in {@link DesignSpace} too. */
export const definitionSchema = z.strictObject({
  name: z.string().min(1).meta({ description: 'Its name.' }),
  description: z.string().optional().meta({ description: 'One sentence for people.' }),
  extends: z.string().optional().meta({
    description: 'The space that it changes: a shipped one, another of the list, or a YAML file by its path.',
  }),
  kind: z.enum(['anynet', 'regnet']).optional().meta({
    description: 'How widths and depths come about: one of each for every stage, or from the quantised-linear rule.',
  }),
  block: z.string().min(1).optional().meta({ description: 'Block type.' }),
  squeezeExcitationRatio: z.number().min(0).optional().meta({
    description:
      'Squeeze-excitation, of block types that have it: reduced width over input width. 0.25 by default with block y, else 0.',
  }),
  stages: z
    .union([stageCount, z.tuple([stageCount, stageCount])])
    .optional()
    .meta({
      description: 'Number of stages, or its range.',
      unit: 'stages',
    }),
  strides: z
    .union([stride, z.array(stride)])
    .optional()
    .meta({
      description: "Stride of every stage's first block, or one for each stage. 2 by default.",
    }),
  parameters: z.record(z.string(), parameterSchema).optional().meta({
    description: 'By name: `d`, `w`, `b`, `g` of each stage, or `depth`, `w_0`, `w_a`, `w_m`, `b`, `g` of a rule.',
  }),
  shared: names.meta({ description: 'Parameters that are the same in all stages; added to those that it extends.' }),
  nondecreasing: names.meta({
    description: 'Parameters that never decrease from one stage to the next; added to those that it extends.',
  }),
  constraints: names.meta({
    description: 'What every network fulfils, such as `w[2] >= w[1]`; added to those that it extends.',
  }),
});

/** A design space as written: what it changes of the space it extends, or all of a space of its own. */
export interface DesignSpaceDefinition extends Omit<z.input<typeof definitionSchema>, 'extends'> {
  /** The space that it changes: by name, or, in code, the space itself. */
  readonly extends?: string | DesignSpace | undefined;
}

/** A parameter as written: what it changes of the parameter it overrides, or all of one of its own. */
export type ParameterDefinition = z.input<typeof parameterSchema>;
