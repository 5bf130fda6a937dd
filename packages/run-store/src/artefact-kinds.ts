import type {
  Conditions,
  ImportedStudy,
  Latencies,
  Population,
  QuantizedLinearFit,
  Refinement,
  StudyFindings,
} from '@netspace/contracts';
import { z } from 'zod';
import type { ArtefactKind } from './artefact.js';
import { quantizedLinearFitSchema, studyFindingsSchema } from './schemas/analysis.js';
import { conditionsSchema } from './schemas/conditions.js';
import { importedStudySchema } from './schemas/imported-study.js';
import { latenciesSchema } from './schemas/latencies.js';
import { populationSchema } from './schemas/network.js';
import { refinementSchema } from './schemas/refinement.js';

/** The networks of an arm as drawn: {@link RunFolder.population}. */
export const populationKind: ArtefactKind<Population> = {
  schema: 'netspace/population',
  version: 1,
  command: 'netspace study sample --resume',
  content: populationSchema,
  isLarge: true,
};

/** What a hash of conditions in the records stands for: {@link RunFolder.conditions}. */
export const conditionsKind: ArtefactKind<Conditions> = {
  schema: 'netspace/conditions',
  version: 1,
  command: 'netspace study train --resume',
  content: conditionsSchema,
};

/** The inference times of a study's networks: {@link RunFolder.latencies}. */
export const latenciesKind: ArtefactKind<Latencies> = {
  schema: 'netspace/latencies',
  version: 2,
  command: 'netspace study latency',
  content: latenciesSchema,
};

/** The quantised-linear rule of each network, by its id: {@link RunFolder.fits}. */
export const fitsKind: ArtefactKind<Readonly<Record<string, QuantizedLinearFit>>> = {
  schema: 'netspace/fits',
  version: 1,
  command: 'netspace study fit',
  content: z.record(z.string(), quantizedLinearFitSchema),
  isLarge: true,
};

/** Populations that were trained elsewhere: {@link RunFolder.imported}. */
export const importKind: ArtefactKind<ImportedStudy> = {
  schema: 'netspace/import',
  version: 1,
  command: 'netspace import',
  content: importedStudySchema,
  isLarge: true,
};

/** How a study's space was refined: {@link RunFolder.refinement}. */
export const refinementKind: ArtefactKind<Refinement> = {
  schema: 'netspace/refinement',
  version: 1,
  command: 'netspace refine --resume',
  content: refinementSchema,
};

/** What was computed from a study's results; with these it is the analysis: {@link RunFolder.analysis}. */
export const analysisKind: ArtefactKind<StudyFindings> = {
  schema: 'netspace/analysis',
  version: 6,
  command: 'netspace study analyse',
  content: studyFindingsSchema,
  isLarge: true,
};
