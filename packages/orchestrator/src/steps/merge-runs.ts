import { describeChanges } from '@netspace/content-hash';
import { InvalidInputError } from '@netspace/contracts';
import { conditionsKind, lockRunFolder, mergeRecords, readArtefact, writeArtefact } from '@netspace/run-store';
import { conditionChanges, studyChanges } from '@netspace/study';
import { openRun, type Run, writeRun } from '../run.js';

/**
 * Takes the results of other folders into the folder of a run: of copies in which other machines trained their shards of the
 * same study. The others are not changed; one of them may have more networks, spaces or settings, whose results are kept
 * for when the run grows.
 *
 * @returns How many files of records were added.
 * @throws InvalidInputError where a folder is of another study or was trained under other conditions (what differs), or another
 * process changes the run: nothing is taken then; where the records of one are damaged: nothing of it and those behind it.
 */
export async function mergeRuns(directory: string, others: readonly string[]): Promise<number> {
  const before = await openRun(directory);
  const unlock = await lockRunFolder(before.folder);
  try {
    const sources = await Promise.all(others.map((other) => openRun(other)));
    for (const source of sources) await checkSame(before, source);
    let added = 0;
    for (const source of sources) {
      await takeTraining(await openRun(directory), source);
      added += await mergeRecords(before.folder, source.folder);
    }
    return added;
  } finally {
    await unlock();
  }
}

/** @throws InvalidInputError where the results of the one would be none of the other. */
async function checkSame(run: Run, source: Run): Promise<void> {
  const { directory } = run.folder;
  const { changes } = studyChanges(run.content.study, source.content.study);
  if (changes.length > 0) throw otherRun(source, `is of another study than ${directory}: ${describeChanges(changes)}`);
  if (!source.arms.some(({ name }) => run.arms.some((arm) => arm.name === name))) {
    throw otherRun(source, `is of another study than ${directory}: no space of the one is in the other`);
  }
  for (const [arm, hash] of Object.entries(source.content.training?.conditions ?? {})) {
    const own = run.content.training?.conditions[arm];
    if (own === undefined || own === hash) continue;
    const [here, there] = await Promise.all([
      readArtefact(run.folder.conditions(own), conditionsKind),
      readArtefact(source.folder.conditions(hash), conditionsKind),
    ]);
    const changes = conditionChanges(here.content, there.content);
    throw otherRun(source, `${arm} was trained under other conditions: ${describeChanges(changes)}`);
  }
}

function otherRun({ folder }: Run, problem: string): InvalidInputError {
  return new InvalidInputError({ file: folder.directory, problem, expected: 'a copy of the same run' });
}

/** What the records' hashes of conditions stand for, of arms that were trained there alone. */
async function takeTraining({ folder, content }: Run, source: Run): Promise<void> {
  const { training } = source.content;
  if (training === null) return;
  const known = content.training;
  const missing = Object.entries(training.conditions).filter(([arm]) => known?.conditions[arm] === undefined);
  if (missing.length === 0) return;
  for (const [, hash] of missing) {
    const { content: conditions } = await readArtefact(source.folder.conditions(hash), conditionsKind);
    await writeArtefact(folder.conditions(hash), conditionsKind, { made: {}, content: conditions });
  }
  await writeRun(folder, {
    ...content,
    training: {
      evaluator: known?.evaluator ?? training.evaluator,
      datasets: { ...training.datasets, ...known?.datasets },
      conditions: { ...training.conditions, ...known?.conditions },
    },
  });
}
