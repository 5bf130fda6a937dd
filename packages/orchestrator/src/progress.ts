import type { Writable } from 'node:stream';
import { SingleBar } from 'cli-progress';
import { formatDuration } from './duration.js';

/** Shows how far a long step is. */
export interface Progress {
  /** `done` of `total`; what was done last, where that changed; and the seconds left, where known. */
  update(done: number, note?: string, secondsLeft?: number): void;
  /** Prints a line above the bar. */
  log(line: string): void;
  stop(): void;
}

/** A bar on a terminal; elsewhere (a file, a CI log) a line for each thing done, or now and then. */
export function createProgress(label: string, total: number, stream: NodeJS.WriteStream = process.stderr): Progress {
  return stream.isTTY ? barProgress(label, total, stream) : lineProgress(label, total, stream);
}

const left = (seconds: number | undefined): string =>
  seconds === undefined ? '' : `, ${formatDuration(seconds)} left`;

function barProgress(label: string, total: number, stream: NodeJS.WriteStream): Progress {
  const bar = new SingleBar({
    stream,
    format: `${label} {bar} {value}/{total}{left}  {note}`,
    hideCursor: true,
    linewrap: false,
    gracefulExit: false,
  });
  bar.start(total, 0, { left: '', note: '' });
  return {
    update: (done, note, secondsLeft) =>
      bar.update(done, { left: left(secondsLeft), ...(note === undefined ? {} : { note }) }),
    log(line) {
      stream.clearLine(0);
      stream.cursorTo(0);
      stream.write(`${line}\n`);
      bar.render();
    },
    stop: () => bar.stop(),
  };
}

/** Least milliseconds between two lines that say nothing but how far it is. */
const lineInterval = 5000;

function lineProgress(label: string, total: number, stream: Writable): Progress {
  let last = performance.now();
  return {
    update(done, note, secondsLeft) {
      if (note === undefined && performance.now() - last < lineInterval) return;
      last = performance.now();
      stream.write(`${label} ${done}/${total}${left(secondsLeft)}${note === undefined ? '' : `  ${note}`}\n`);
    },
    log: (line) => void stream.write(`${line}\n`),
    stop: () => undefined,
  };
}
