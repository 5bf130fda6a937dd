import type { Dataset } from '@netspace/contracts';
import { z } from 'zod';

/** Where a dataset's files are. */
export interface LoadOptions {
  /** The folder that holds the dataset's files; it comes before the specification's own `directory`. */
  readonly directory?: string;
}

/** One kind of dataset: what a study file may say of it, and how it is loaded. */
export interface DatasetKind<Schema extends z.ZodObject<{ name: z.ZodLiteral<string> }>> {
  readonly schema: Schema;
  load(spec: z.output<Schema>, options: LoadOptions): Promise<Dataset>;
}

/** How many images of a set are wanted; all where it is left out. */
export const imageCountSchema = z.int().min(1).optional();
