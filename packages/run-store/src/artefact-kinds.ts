import type { Conditions, Latencies, Population } from '@netspace/contracts';
import type { ArtefactKind } from './artefact.js';
import { conditionsSchema } from './schemas/conditions.js';
import { latenciesSchema } from './schemas/latencies.js';
import { populationSchema } from './schemas/network.js';

/** The networks of an arm as drawn: {@link RunFolder.population}. */
export const populationKind: ArtefactKind<Population> = {
  schema: 'netspace/population',
  version: 1,
  command: 'netspace study sample',
  content: populationSchema,
};

/** What a hash of conditions in the records stands for: {@link RunFolder.conditions}. */
export const conditionsKind: ArtefactKind<Conditions> = {
  schema: 'netspace/conditions',
  version: 1,
  command: 'netspace study train',
  content: conditionsSchema,
};

/** The inference times of a study's networks: {@link RunFolder.latencies}. */
export const latenciesKind: ArtefactKind<Latencies> = {
  schema: 'netspace/latencies',
  version: 1,
  command: 'netspace study latency',
  content: latenciesSchema,
};
