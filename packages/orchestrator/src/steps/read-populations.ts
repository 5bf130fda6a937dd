import type { Population } from '@netspace/contracts';
import { populationKind, readMadeFrom } from '@netspace/run-store';
import { populationInputs } from '@netspace/study/record';
import type { Run } from '../run.js';

/** The population of each arm, in the order of the arms. */
export type Populations = readonly Population[];

/**
 * Reads the populations of a run, each checked to be of the run's study.
 *
 * @returns The populations and the hashes of their files by arm.
 * @throws InvalidInputError where one is missing, edited, or made from something else.
 */
export async function readPopulations({ folder, content, arms }: Run): Promise<ReadPopulations> {
  const populations: Population[] = [];
  const hashes: Record<string, string> = {};
  for (const arm of arms) {
    const made = { ...populationInputs(content.study, arm, content.images[arm.setting.name]!) };
    const artefact = await readMadeFrom(folder.population(arm.name), populationKind, made);
    populations.push(artefact.content);
    hashes[arm.name] = artefact.hash;
  }
  return { populations, hashes };
}

/** Populations as read, and what they are known by. */
export interface ReadPopulations {
  readonly populations: Populations;
  /** Hash of each artefact, by arm. */
  readonly hashes: Readonly<Record<string, string>>;
}
