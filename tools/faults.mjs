/**
 * Runs a study while things go wrong, and prints what came of it: after each fault the results are those of a run that nothing
 * disturbed, bit for bit. Exit status 1 where they are not.
 * Usage: faults.mjs [--share 1] [--seed 1] [WORD ...]: how often each fault comes, as a share of the numbers here; those whose name has
 * one of the words, by default all of them.
 */
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { formatDuration, formatTable } from '@netspace/formats';
import { openRandom } from '@netspace/random';
import { makeStudies, wholeDirectoryOf, wholeOf } from './faults/a-run.mjs';
import * as clocks from './faults/clocks.mjs';
import * as damaged from './faults/damaged.mjs';
import * as disk from './faults/disk.mjs';
import * as fuzzed from './faults/fuzzed.mjs';
import * as ended from './faults/ended.mjs';
import { images } from './faults/images.mjs';
import * as networks from './faults/networks.mjs';
import { leaderOverQueue } from './faults/over-queue.mjs';
import { twoLeaders } from './faults/two-leaders.mjs';

/** Each fault, and how often it comes. */
const faults = [
  [ended.workerOfOneProcess, 300],
  [ended.workerOfShards, 300],
  [ended.leader, 100],
  [leaderOverQueue, 100],
  [damaged.records, 250],
  [damaged.artefacts, 250],
  [damaged.checkpoints, 250],
  [images, 12],
  [disk.fullDisk, 10],
  [disk.fileLimit, 10],
  [disk.readOnly, 20],
  [ended.toldToEnd, 50],
  [twoLeaders, 10],
  [networks.diverging, 50],
  [networks.memory, 50],
  [networks.hang, 20],
  [clocks.clocksOfShards, 100],
  [clocks.clocksOfQueue, 100],
  [clocks.clockOfServer, 100],
  [fuzzed.studies, 5000],
  [fuzzed.recordFiles, 5000],
  [fuzzed.outcomes, 5000],
  [fuzzed.programs, 5000],
];

const { values, positionals } = parseArgs({
  options: { share: { type: 'string', default: '1' }, seed: { type: 'string', default: '1' } },
  allowPositionals: true,
});
const share = Number(values.share);
if (!(share > 0)) throw new Error(`--share: got ${values.share} (valid: a number above 0)`);

const studies = makeStudies();
const wholeDirectory = wholeDirectoryOf(studies.study);
try {
  const whole = await wholeOf(studies.study);
  const rows = [];
  for (const [fault, times] of faults) {
    if (positionals.length > 0 && !positionals.some((word) => fault.name.includes(word))) continue;
    const random = openRandom(Number(values.seed), fault.name);
    const room = { ...studies, whole, wholeDirectory, random: () => random.uniform() };
    const start = performance.now();
    const result = await fault.run(room, Math.max(1, Math.round(share * times)));
    const seconds = (performance.now() - start) / 1000;
    rows.push([fault.name, result.times, result.seen, result.equal ? 'yes' : 'NO', formatDuration(seconds)]);
    console.error(rows.at(-1).join('; '));
    if (!result.equal) process.exitCode = 1;
  }
  console.log(formatTable(['fault', 'times', 'seen', 'results equal', 'took'], rows));
} finally {
  rmSync(studies.folder, { recursive: true, force: true });
}
