/** Programs whose clocks are not those of this machine, by libfaketime. */
import { spawnSync } from 'node:child_process';
import { renameSync, writeFileSync } from 'node:fs';

/** Its library; undefined where it is not installed. */
const { stdout } = spawnSync('faketime', ['-m', '-f', '+0', 'printenv', 'LD_PRELOAD'], { encoding: 'utf8' });
const library = stdout?.trim();

/** Why no clock can be made false here; undefined where it can. */
export const noFalseTime = library ? undefined : 'faketime is not installed';

/** Whether a program starts where its clock is false: one that brings an allocator of its own may not. */
export function startsInFalseTime(program) {
  const env = { ...process.env, LD_PRELOAD: library, FAKETIME: '+0' };
  return spawnSync(program, ['--version'], { env, timeout: 5000 }).status === 0;
}

/** The environment of programs for which time goes so many times as fast. */
export const hastened = (factor) => ({ ...process.env, LD_PRELOAD: library, FAKETIME: `+0 x${factor}` });

/** A clock on the wall that can be set, of the programs that have its environment; their steady clocks go on as they do. */
export class WallClock {
  #file;

  /** @param file - Where it keeps what it is set to. */
  constructor(file) {
    this.#file = file;
    this.set(0);
  }

  get environment() {
    return {
      ...process.env,
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: this.#file,
      ...{ FAKETIME_NO_CACHE: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1', NO_FAKE_STAT: '1' },
    };
  }

  /** Sets it so many seconds from that of this machine. */
  set(seconds) {
    writeFileSync(`${this.#file}.new`, seconds < 0 ? `${seconds}` : `+${seconds}`);
    renameSync(`${this.#file}.new`, this.#file);
  }
}
