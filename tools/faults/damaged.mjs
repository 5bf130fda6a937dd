/** Files that are cut, or a byte of which is another. */
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { InvalidInputError } from '@netspace/contracts';
import { analyseRun, openRun, recordsByArm } from '@netspace/orchestrator';
import { checkpointFile, checkRecords, openCheckpoints, salvageRecords } from '@netspace/run-store';
import { areEqual, draw, finish, recordsIn, resultsOf, startNetspace, wholeOf } from './a-run.mjs';

/** A copy of the undisturbed run, one of whose files has another byte at a random place or ends there. */
function damagedCopy({ folder, wholeDirectory, random }, isMeant) {
  const directory = join(folder, 'damaged');
  rmSync(directory, { recursive: true, force: true });
  cpSync(wholeDirectory, directory, { recursive: true });
  const names = readdirSync(directory, { recursive: true }).map(String).filter(isMeant);
  const name = names[Math.floor(random() * names.length)];
  const bytes = readFileSync(join(directory, name));
  const place = Math.floor(random() * bytes.length);
  const isCut = random() < 0.5;
  if (!isCut) bytes[place] ^= 1 + Math.floor(random() * 255);
  writeFileSync(join(directory, name), isCut ? bytes.subarray(0, place) : bytes);
  return { directory, isCut, what: `${name} ${isCut ? 'cut' : 'changed'} at ${place}` };
}

/** Of so many damaged runs one is trained to its end. */
const finished = 25;

export const records = {
  name: 'a file of records is cut, or a byte of it changed: told, and salvaged',
  async run(room, times) {
    let [told, equal] = [0, true];
    for (let time = 0; time < times; time++) {
      const { directory, isCut, what } = damagedCopy(room, (name) => name.endsWith('.jsonl'));
      const { folder } = await openRun(directory);
      const { files } = await checkRecords(folder);
      await salvageRecords(folder);
      const left = await resultsOf(directory);
      // What is left is as it was. What is not is told by its line; cut at a line's end, by the trainings that are missing.
      const isToldByLine = files.some(({ damaged, isTorn }) => damaged.length > 0 || isTorn);
      if (isToldByLine || (isCut && left.size < room.whole.size)) told++;
      else console.error(`not told: ${what} ${JSON.stringify(files)}`);
      equal &&= [...left].every(([identity, result]) => room.whole.get(identity) === result);
      if (time % finished > 0) continue;
      equal = areEqual(await finish(room.study, directory), room.whole) && equal;
    }
    return { times, seen: `${told} told`, equal: equal && told === times };
  },
};

/** Reads all of a run; what is wrong with it. */
async function problemOf(directory) {
  try {
    const run = await openRun(directory);
    await recordsByArm(run);
    await analyseRun(run);
    return undefined;
  } catch (error) {
    return error;
  }
}

export const artefacts = {
  name: 'the study, a population or conditions in a run are cut, or a byte of them changed: told',
  async run(room, times) {
    let told = 0;
    for (let time = 0; time < times; time++) {
      const { directory, what } = damagedCopy(room, (name) =>
        /^(run|populations\W.*|conditions\W.*)\.json$/.test(name),
      );
      const problem = await problemOf(directory);
      if (problem instanceof InvalidInputError) told++;
      else console.error(`not told: ${what}: ${problem}`);
    }
    return { times, seen: `${told} told`, equal: told === times };
  },
};

const isCheckpoint = (name) => name.endsWith('.checkpoint');

/** A run that was told to end in the middle of a training. */
async function interruptedRun({ long: study, folder }) {
  const directory = join(folder, 'interrupted');
  const checkpoints = join(directory, 'checkpoints');
  while (!existsSync(checkpoints) || !readdirSync(checkpoints).some(isCheckpoint)) {
    rmSync(directory, { recursive: true, force: true });
    await draw(study, directory);
    const { child, ended } = startNetspace(['study', 'train', study, '--out', directory, '--workers', '2']);
    const end = ended.then(() => true);
    while (recordsIn(directory) === 0 && (await Promise.race([end, setTimeout(20)])) === undefined);
    child.kill('SIGTERM');
    await end;
  }
  return directory;
}

/** The training that a checkpoint is of, as its second line says. */
function originOf(directory) {
  const name = readdirSync(join(directory, 'checkpoints')).find(isCheckpoint);
  const [, content] = readFileSync(join(directory, 'checkpoints', name), 'latin1').split('\n');
  return JSON.parse(content).origin;
}

export const checkpoints = {
  name: 'a checkpoint of a training is cut, or a byte of it changed: told, and not used',
  async run(room, times) {
    const wholeDirectory = await interruptedRun(room);
    const origin = originOf(wholeDirectory);
    let [told, equal] = [0, true];
    for (let time = 0; time < times; time++) {
      const isMeant = (name) => isCheckpoint(name) && name.includes(`${origin.network}-`);
      const { directory, what } = damagedCopy({ ...room, wholeDirectory }, isMeant);
      const { folder } = await openRun(directory);
      const messages = [];
      const place = checkpointFile(folder, { ...origin, network: { id: origin.network } });
      const last = await openCheckpoints(place, origin, { tell: (message) => messages.push(message) }).last();
      if (last === undefined && messages.length === 1) told++;
      else console.error(`not told: ${what}`);
      if (time % finished > 0) continue;
      equal = areEqual(await finish(room.long, directory), await wholeOf(room.long)) && equal;
    }
    return { times, seen: `${told} told`, equal: equal && told === times };
  },
};
