import { existsSync } from 'node:fs';
import { contentHash } from '@netspace/content-hash';
import { type ImageShape, InvalidInputError, type Population } from '@netspace/contracts';
import { degreesOfFreedom, formatSize, samplePopulation, sizeOf } from '@netspace/design-space';
import { keepOnly, type MadeFrom, populationKind, readMadeFrom, writeArtefact } from '@netspace/run-store';
import { architectureOf, type Arm, distributionsOf, populationInputs, studyRecord } from '@netspace/study';
import { imagesOf } from '../images-of.js';
import type { StepControl } from '../pipeline-event.js';
import type { OpenRun } from '../begin-run.js';
import { writeRun } from '../run.js';
import type { RunContent } from '../run-content.js';
import type { Populations } from './read-populations.js';

/**
 * Draws the populations of a run's arms; those that are there, made from the same, stay.
 *
 * @param run - With what the folder held.
 * @param write - Whether to write the populations, and the study that they are of; not for a dry run.
 * @throws InvalidInputError where a space has too few networks in its regime; the signal's reason where it is aborted.
 */
export async function samplePopulations(run: OpenRun, write: boolean, control: StepControl = {}): Promise<Populations> {
  const { study, arms, before } = run;
  const images = await imagesOf(study, before);
  const drawn: Drawn[] = [];
  for (const arm of arms) drawn.push(await drawArm(run, arm, images[arm.setting.name]!, control));
  if (write) await writeDrawn(run, drawn, images);
  return drawn.map(({ population }) => population);
}

/**
 * Writes what is new: the study where it has changed, first, since it makes the folder a run; and populations. Those of
 * arms that the study no longer has are removed.
 */
async function writeDrawn(
  run: OpenRun,
  drawn: readonly Drawn[],
  images: Readonly<Record<string, ImageShape>>,
): Promise<void> {
  const { study, before, folder } = run;
  const record = studyRecord(study);
  if (before === undefined || contentHash(before.study) !== contentHash(record)) {
    await writeRun(folder, { study: record, images, spaces: spacesOf(run), training: before?.training ?? null });
  }
  for (const { arm, made, population } of drawn.filter(({ isNew }) => isNew)) {
    await writeArtefact(folder.population(arm.name), populationKind, { made, content: population });
  }
  await keepOnly(
    folder.populations,
    drawn.map(({ arm }) => folder.population(arm.name)),
  );
}

/** How large each arm's space is. */
export function spacesOf({ study, arms }: OpenRun): RunContent['spaces'] {
  const distributions = distributionsOf(study.loaded.extensions);
  return Object.fromEntries(
    arms.map(({ name, space }) => [
      name,
      { degreesOfFreedom: degreesOfFreedom(space), size: formatSize(sizeOf(space, distributions)) },
    ]),
  );
}

interface Drawn {
  readonly arm: Arm;
  readonly made: MadeFrom;
  readonly population: Population;
  readonly isNew: boolean;
}

async function drawArm(run: OpenRun, arm: Arm, images: ImageShape, control: StepControl): Promise<Drawn> {
  const { study, folder } = run;
  const inputs = populationInputs(study, arm, images);
  const made = { ...inputs };
  const kept = await keptPopulation(folder.population(arm.name), made);
  if (kept !== undefined) return { arm, made, population: kept, isNew: false };
  const { signal, onEvent } = control;
  const total = inputs.request.count;
  const population = await samplePopulation(
    {
      ...inputs.request,
      architecture: architectureOf(study.loaded.extensions),
      distributions: distributionsOf(study.loaded.extensions),
      ...(signal === undefined ? {} : { signal }),
    },
    (done) => onEvent?.({ kind: 'sampling', arm: arm.name, done, total }),
  );
  onEvent?.({ kind: 'sampled', arm: arm.name, population });
  return { arm, made, population, isNew: true };
}

/** The population that is there, where it was made from the same; one that is damaged is drawn anew. */
async function keptPopulation(file: string, made: MadeFrom): Promise<Population | undefined> {
  if (!existsSync(file)) return undefined;
  try {
    return (await readMadeFrom(file, populationKind, made)).content;
  } catch (error) {
    if (error instanceof InvalidInputError) return undefined;
    throw error;
  }
}
