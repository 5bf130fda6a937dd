import type { Population } from '@netspace/contracts';
import { populationKind, readTextMadeFrom } from '@netspace/run-store';
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
export async function readPopulations(run: Run): Promise<ReadPopulations> {
  return parsePopulations(await readPopulationTexts(run));
}

/** The same, each still as JSON: who only hands them on need not parse them. */
export async function readPopulationTexts({ folder, content, arms }: Run): Promise<PopulationTexts> {
  const texts: string[] = [];
  const hashes: Record<string, string> = {};
  for (const arm of arms) {
    const made = { ...populationInputs(content.study, arm, content.images[arm.setting.name]!) };
    const artefact = await readTextMadeFrom(folder.population(arm.name), populationKind, made);
    texts.push(artefact.content);
    hashes[arm.name] = artefact.hash;
  }
  return { texts, hashes };
}

export function parsePopulations({ texts, hashes }: PopulationTexts): ReadPopulations {
  return { populations: texts.map((text) => JSON.parse(text) as Population), hashes };
}

/** Populations as read, and what they are known by. */
export interface ReadPopulations {
  readonly populations: Populations;
  /** Hash of each artefact, by arm. */
  readonly hashes: Readonly<Record<string, string>>;
}

/** {@link ReadPopulations}, each population as JSON. */
export interface PopulationTexts extends Pick<ReadPopulations, 'hashes'> {
  readonly texts: readonly string[];
}
