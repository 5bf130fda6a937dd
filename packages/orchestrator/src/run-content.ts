import type { DatasetDescription, ImageShape } from '@netspace/contracts';
import { type ArtefactKind, datasetDescriptionSchema } from '@netspace/run-store';
import { type StudyRecord, studyRecordSchema } from '@netspace/study/record';
import { z } from 'zod';

/** What a run knows of its training: written before the first network is trained. */
export interface TrainingContent {
  /** What evaluates, for people. */
  readonly evaluator: string;
  /** The images of each setting; null where the evaluator brings its own. */
  readonly datasets: Readonly<Record<string, DatasetDescription | null>>;
  /** The hash of each arm's conditions, which its records carry. */
  readonly conditions: Readonly<Record<string, string>>;
}

/** How large a space is. */
export interface SpaceContent {
  readonly degreesOfFreedom: number;
  /** Number of its networks, as text: `1.8e18`, `at most 3.0e8`. */
  readonly size: string;
}

/** What makes a folder a run: the study as it is held to, and what is needed of its images. */
export interface RunContent {
  readonly study: StudyRecord;
  /** The form of each setting's images. */
  readonly images: Readonly<Record<string, ImageShape>>;
  /** How large each arm's space is. */
  readonly spaces: Readonly<Record<string, SpaceContent>>;
  /** Null where nothing was trained yet. */
  readonly training: TrainingContent | null;
}

const imageShapeSchema = z.strictObject({ classes: z.int(), channels: z.int(), imageSize: z.int() });

/** The file `run.json`. */
export const runKind: ArtefactKind<RunContent> = {
  schema: 'netspace/run',
  version: 1,
  command: 'netspace study sample',
  content: z.strictObject({
    study: studyRecordSchema,
    images: z.record(z.string(), imageShapeSchema),
    spaces: z.record(z.string(), z.strictObject({ degreesOfFreedom: z.int(), size: z.string() })),
    training: z
      .strictObject({
        evaluator: z.string(),
        datasets: z.record(z.string(), datasetDescriptionSchema.nullable()),
        conditions: z.record(z.string(), z.string()),
      })
      .nullable(),
  }),
};
