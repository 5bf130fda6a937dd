import type { TrainingIdentity, TrainingTask, WorkerResult } from '@netspace/contracts';
import {
  epochRecordSchema,
  trainingOutcomeSchema,
  trainingTaskSchema,
  workerDescriptionSchema,
} from '@netspace/run-store';
import type { QueueEventsListener } from 'bullmq';
import { z } from 'zod';

/** A job: data that names nothing to execute. */
export const jobSchema: z.ZodType<TrainingTask> = trainingTaskSchema;

const resultSchema: z.ZodType<WorkerResult> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('trained'), outcome: trainingOutcomeSchema }),
  z.strictObject({ kind: z.literal('failed'), message: z.string() }),
]);

/** What a worker makes of a job, and what trained. */
export const deliverySchema = z.strictObject({ result: resultSchema, by: workerDescriptionSchema });

export type Delivery = z.infer<typeof deliverySchema>;

/** What a worker tells of a job under way. */
export const reportSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('progress'), share: z.number().min(0).max(1) }),
  z.strictObject({ kind: z.literal('resume'), share: z.number().min(0).max(1) }),
  z.strictObject({ kind: z.literal('epoch'), epoch: epochRecordSchema }),
  z.strictObject({ kind: z.literal('notice'), message: z.string() }),
]);

export type Report = z.infer<typeof reportSchema>;

/** What a worker tells of itself, again and again. */
export const signSchema = z.strictObject({
  id: z.string(),
  /** Networks that it trains at a time; 0 where it leaves. */
  lanes: z.int().min(0).max(10_000),
  description: workerDescriptionSchema,
});

export type Sign = z.infer<typeof signSchema>;

/** A result whose job is another's by now: the worker was taken for gone. */
export const lateSchema = z.strictObject({ job: z.string(), delivery: deliverySchema });

export type Late = z.infer<typeof lateSchema>;

/** What is told by events of a queue besides those of BullMQ, as JSON text. */
export interface ToldEvents extends QueueEventsListener {
  readonly sign: (event: { readonly data: string }, id: string) => void;
  readonly late: (event: { readonly data: string }, id: string) => void;
}

/** What a text or value says, by a schema; undefined where it is nothing of the kind: anyone may write to a server. */
export function understood<Value>(schema: z.ZodType<Value>, value: unknown): Value | undefined {
  try {
    return schema.parse(typeof value === 'string' ? JSON.parse(value) : value);
  } catch {
    return undefined;
  }
}

/** The name of a training. */
export function trainingOf({ network, conditions, replicate }: TrainingIdentity): string {
  return `${conditions}-${network.id}-${replicate}`;
}

/** The job of a task of a run: the same for the same training, so that it is on the queue once. */
export function jobOf(run: string, task: TrainingIdentity): string {
  return `${run}-${trainingOf(task)}`;
}

/** Whether a job is of a task, of whichever run. */
export function isJobOf(job: string | undefined, task: TrainingIdentity): boolean {
  return job?.endsWith(`-${trainingOf(task)}`) === true;
}
