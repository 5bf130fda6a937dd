import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashOfText } from '@netspace/content-hash';
import { trainingIdentity, type TrainingIdentity } from '@netspace/contracts';
import { cannotWrite } from './cannot-write.js';
import { firstSign, writeLifeSign } from './life-sign.js';
import { makeFolder } from './new-folder.js';
import type { RunFolder } from './run-folder.js';
import { Witness } from './witness.js';

/** Which tasks of a run this process trains, where several processes share them. */
export interface Claims {
  /**
   * Sees which writers are gone. Whoever reads the results after this reads all that those have left: so tasks without a
   * result may be taken.
   */
  look(): Promise<void>;
  /**
   * Takes a task: true where it is this writer's, now or since before; false where another has it that is not gone.
   *
   * @throws InvalidInputError where nothing can be written.
   */
  take(task: TrainingIdentity): Promise<boolean>;
  /** Says that this writer has ended: others may take what it has not done. */
  close(): Promise<void>;
}

/** Milliseconds without a sign of life after which a writer is gone, where nothing else is said. */
const usualPatience = 60_000;

/** Signs of life in that time. */
const signsPerPatience = 4;

/**
 * Opens the claims of a run for one of its writers, and gives signs of life until they are closed.
 *
 * A claim is a file that is created where there is none, which a file system grants to one process only, also over a
 * network: `claims/<task>.1` names the writer that has the task. Where that writer is gone, the next file, `.2`, is there to
 * be created. No claim is ever changed or removed.
 *
 * A writer that was taken for gone and goes on (a machine that slept) trains what another trains, too: both come to the
 * same result, and one of them counts.
 *
 * @param writer - A name that no other process has, nor had.
 * @param patience - Milliseconds without a sign of life after which a writer is gone, above 0.
 * @throws InvalidInputError where nothing can be written.
 * @example
 * import { mkdtempSync } from 'node:fs';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { openClaims, readLifeSigns, RunFolder } from '@netspace/run-store';
 * const folder = new RunFolder(mkdtempSync(join(tmpdir(), 'run-')));
 * const task = { network: { id: 'n0' }, conditions: 'c', replicate: 0 };
 * const [one, other] = [await openClaims(folder, 'one'), await openClaims(folder, 'other')];
 * [await one.take(task), await other.take(task)]; // => [true, false]
 * await one.close();
 * await other.look();
 * await other.take(task); // => true
 * await other.close();
 * (await readLifeSigns(folder)).map(({ writer, ended }) => [writer, ended]); // => [['one', true], ['other', true]]
 */
export async function openClaims(folder: RunFolder, writer: string, patience = usualPatience): Promise<Claims> {
  await makeFolder(folder.claims);
  const witness = new Witness(folder, patience);
  const first = firstSign(writer);
  let beats = 0;
  const beat = (ended: boolean): Promise<void> =>
    writeLifeSign(folder, { ...first, date: new Date().toISOString(), beats: ++beats, ended });
  await beat(false);
  let last = Promise.resolve();
  const live = async (): Promise<void> => {
    await beat(false);
    // Who watches all the time knows at once who is gone.
    await witness.watch();
  };
  // What cannot be written or read now can be later.
  const lives = (): void => void (last = last.then(live).catch(() => undefined));
  const timer = setInterval(lives, patience / signsPerPatience).unref();
  return {
    look: () => witness.judge(),
    take: (task) => take(fileOf(folder, task), writer, witness),
    async close() {
      clearInterval(timer);
      await last;
      await beat(true);
    },
  };
}

function fileOf({ claims }: RunFolder, task: TrainingIdentity): string {
  return join(claims, hashOfText(trainingIdentity(task)).slice(0, 32));
}

async function take(file: string, writer: string, witness: Witness): Promise<boolean> {
  for (let generation = 1; ; generation++) {
    const claim = `${file}.${generation}`;
    if (await isCreated(claim, writer)) return true;
    // Who was lost as it created it has named nobody: it is known by the claim itself.
    const holder = (await readFile(claim, 'utf8')) || claim;
    if (holder === writer) return true;
    if (!witness.isGone(holder)) return false;
  }
}

/** Creates a file where there is none; false where there is one. */
async function isCreated(file: string, content: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx');
    try {
      await handle.writeFile(content);
    } finally {
      await handle.close();
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw cannotWrite(file, error, 'a claim');
  }
}
