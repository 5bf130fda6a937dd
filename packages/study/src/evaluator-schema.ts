import { z } from 'zod';
import type { EvaluatorSection } from './study.js';

const secondsOfADay = 86_400;

/** A program of the user's. */
export const commandSchema = z.strictObject({
  command: z.array(z.string().min(1)).min(1).meta({
    description: 'The program and its arguments, run in the folder of the study file; no shell reads them.',
  }),
  timeLimit: z.number().positive().default(secondsOfADay).meta({
    description: 'How long a network may take; then it counts as failed.',
    unit: 'seconds',
  }),
  processes: z.enum(['each', 'many']).default('each').meta({
    description: 'One process for each network, or one for many networks, one after the other.',
  }),
});

const pluginSchema = z.looseObject({ name: z.string() });

/** The `evaluator` of a study file; without one, networks are trained on the study's engine. */
export const evaluatorSchema = z
  .union([commandSchema, pluginSchema], {
    error: 'a map with a "command", or with the "name" of a plugin\'s evaluator',
  })
  .transform((section): EvaluatorSection => {
    if (!('name' in section)) return { kind: 'command', ...section };
    const { name, ...options } = section;
    return { kind: 'plugin', name, options };
  });
