import { InvalidInputError } from '@netspace/contracts';
import { z } from 'zod';
import { checkValue, integerFrom, numberOf } from './check-values.js';
import { errorSchema, measuredShape, objectOf, reportedEpochShape } from './outcome-schema.js';

const jobSchema = objectOf({ job: integerFrom(1).optional() });
const progressSchema = objectOf({ progress: numberOf(0, 1) });
const epochSchema = objectOf(reportedEpochShape);
const divergedSchema = objectOf({ status: z.literal('diverged', 'completed, diverged'), ...measuredShape });
const completedSchema = objectOf({
  status: z.exactOptional(z.literal('completed', 'completed, diverged')),
  error: errorSchema,
  ...measuredShape,
});

/** The share of a job that is done. */
type ProgressMessage = z.infer<typeof progressSchema>;
/** An epoch that has ended. */
export type EpochMessage = z.infer<typeof epochSchema>;
/** The end of a job. */
export type ResultMessage = z.infer<typeof divergedSchema> | z.infer<typeof completedSchema>;
/** A line of a program's output. */
export interface ProgramMessage {
  /** The job that it is about; may be left out where a process has one job. */
  readonly job: number | undefined;
  readonly content: ProgressMessage | EpochMessage | ResultMessage;
}

/**
 * Reads a line that a program wrote.
 *
 * @throws InvalidInputError where it is none of the protocol's.
 */
export function parseProgramMessage(line: string): ProgramMessage {
  const value = parseJson(line);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw noMessage();
  const { job, ...content } = value as { readonly job?: unknown };
  return { job: checkValue(jobSchema, { job }).job, content: contentOf(content) };
}

function contentOf(content: object): ProgramMessage['content'] {
  if ('progress' in content) return checkValue(progressSchema, content);
  if ('epoch' in content) return checkValue(epochSchema, content);
  if ('status' in content && content.status === 'diverged') return checkValue(divergedSchema, content);
  if ('status' in content || 'error' in content) return checkValue(completedSchema, content);
  throw noMessage();
}

function noMessage(): InvalidInputError {
  return new InvalidInputError({
    problem: 'is no message',
    expected: 'an object with progress, epoch, error or status',
  });
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    const isNumberMissing = /\b(NaN|Infinity)\b/.test(line);
    const expected = isNumberMissing
      ? 'numbers are finite in JSON; a training whose loss is not ends with {"status": "diverged"}'
      : 'one JSON object a line; all else goes to the standard error';
    throw new InvalidInputError({ problem: 'is no JSON', expected });
  }
}
