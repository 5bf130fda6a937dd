import type { Writable } from 'node:stream';
import { SingleBar } from 'cli-progress';
import { formatDuration } from './duration.js';

/** Shows how far a long step is. */
export interface Progress {
  /** `done` of `total`, with what is going on now and the seconds left, where known. */
  update(done: number, note: string, secondsLeft?: number): void;
  /** Prints a line above the bar. */
  log(line: string): void;
  stop(): void;
}

/** A bar on a terminal; elsewhere (a file, a CI log) a line whenever `done` changes. */
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
    stopOnComplete: false,
    gracefulExit: false,
  });
  bar.start(total, 0, { left: '', note: '' });
  return {
    update: (done, note, secondsLeft) => bar.update(done, { note, left: left(secondsLeft) }),
    log(line) {
      stream.clearLine(0);
      stream.cursorTo(0);
      stream.write(`${line}\n`);
      bar.render();
    },
    stop: () => bar.stop(),
  };
}

function lineProgress(label: string, total: number, stream: Writable): Progress {
  let last = -1;
  return {
    update(done, note, secondsLeft) {
      if (done === last) return;
      last = done;
      stream.write(`${label} ${done}/${total}${left(secondsLeft)}${note === '' ? '' : `  ${note}`}\n`);
    },
    log: (line) => void stream.write(`${line}\n`),
    stop: () => undefined,
  };
}
