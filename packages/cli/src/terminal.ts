import { createRequire } from 'node:module';
import type { SingleBar } from 'cli-progress';
import { formatDuration, formatTable, wrapText } from '@netspace/formats';
import { safeText } from './safe-text.js';

/** Shows how far a long step is. */
export interface Progress {
  /** `done` of `total`; what was done last, where that changed; and the seconds left, where known. */
  update(done: number, note?: string, secondsLeft?: number): void;
  stop(): void;
}

/** What results are printed on. */
export interface Page {
  /** Prints a result. */
  print(text: string): void;
  /** Prints rows as aligned columns; the last column is broken between words where a line of the terminal is shorter. */
  printTable(header: readonly string[], rows: readonly (readonly (string | number)[])[]): void;
}

/**
 * What a command writes to: results on the standard output, all else (progress, notes, problems) on the standard error.
 *
 * On a terminal lines break between words and stand above a progress bar, never in it. Elsewhere (a file, a pipe, a dumb
 * terminal) progress is a line now and then. A closed pipe ends the output quietly; that it cannot be written, as on a full
 * disk, is told. Control characters and passwords of addresses are not printed.
 */
export class Terminal implements Page {
  /** What the command ends with where it does not throw: 0, or 1 where a check failed or the output could not be written. */
  exitStatus: 0 | 1 = 0;
  private bar: Bar | undefined;
  /** The lines that were redrawn last, as long as nothing was written below them. */
  private drawn: readonly string[] = [];

  constructor(
    private readonly output: NodeJS.WriteStream = process.stdout,
    private readonly errors: NodeJS.WriteStream = process.stderr,
  ) {
    output.on('error', (error: NodeJS.ErrnoException) => this.tellUnwritten(error));
    // There is no place to tell it, and no result is lost.
    errors.on('error', () => undefined);
  }

  /** Whether anyone may still read the results: not where a pipe was closed. */
  get isRead(): boolean {
    return this.output.writable;
  }

  print(text: string): void {
    this.write(this.output, text);
  }

  /** Prints a value as indented JSON. */
  printJson(value: unknown): void {
    this.write(this.output, JSON.stringify(value, null, 2), Infinity);
  }

  printTable(header: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
    this.write(this.output, formatTable(header, rows, columnsOf(this.output)), Infinity);
  }

  /**
   * Prints a page in place of the one before, where it differs: on a terminal where that stood, its last lines where there is
   * not room for all of them; elsewhere below it, behind an empty line.
   */
  redraw(draw: (page: Page) => void): void {
    const lines = linesOf(draw, columnsOf(this.output)).slice(-linesOfScreen(this.output));
    const before = this.drawn;
    if (lines.join('\n') === before.join('\n')) return;
    if (isScreen(this.output)) {
      this.output.moveCursor(0, -before.length);
      this.output.clearScreenDown();
    } else if (before.length > 0) this.print('');
    this.write(this.output, lines.join('\n'), Infinity);
    this.drawn = lines;
  }

  /** Prints something that is no result. */
  note(text: string): void {
    this.write(this.errors, text);
  }

  /** Opens a bar, or lines where there is no place for one. The one before it must have been stopped. */
  progress(label: string, total: number): Progress {
    if (!isScreen(this.errors)) return lineProgress(label, total, (line) => this.note(line));
    const bar = new Bar(label, total, this.errors);
    this.bar = bar;
    return {
      update: (done, note, secondsLeft) => bar.update(done, note, secondsLeft),
      stop: () => {
        bar.stop();
        this.bar = undefined;
      },
    };
  }

  /** Whoever reads the output may stop reading, and a disk may be full: that is no reason to stop working. */
  private tellUnwritten(error: NodeJS.ErrnoException): void {
    if (error.code === 'EPIPE') return;
    this.exitStatus = 1;
    this.note(`netspace: the output cannot be written: ${error.message}`);
  }

  private write(stream: NodeJS.WriteStream, text: string, width = columnsOf(stream)): void {
    this.bar?.hide();
    if (stream.writable) stream.write(`${wrapText(safeText(text), width)}\n`);
    this.drawn = [];
    this.bar?.show();
  }
}

/** Characters of a line; unlimited where the stream is no terminal. */
function columnsOf(stream: NodeJS.WriteStream): number {
  return isScreen(stream) && stream.columns > 0 ? stream.columns : Infinity;
}

/** The lines of a page, of so many characters at most. */
function linesOf(draw: (page: Page) => void, columns: number): string[] {
  const texts: string[] = [];
  draw({
    print: (text) => texts.push(wrapText(text, columns)),
    printTable: (header, rows) => texts.push(formatTable(header, rows, columns)),
  });
  return texts.join('\n').split('\n');
}

/** Lines that can be drawn again at once, below which the cursor stands; unlimited where the stream is no terminal. */
function linesOfScreen(stream: NodeJS.WriteStream): number {
  return isScreen(stream) && stream.rows > 1 ? stream.rows - 1 : Infinity;
}

/** Whether a line can be drawn again. */
function isScreen(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY && process.env.TERM !== 'dumb';
}

/** Characters of the bar itself at most; labels, counts and the note need the rest. */
const barCharacters = 30;

const saveCursor = '\x1B7';

class Bar {
  private readonly bar: SingleBar;
  private note = '';

  constructor(
    private readonly label: string,
    private readonly total: number,
    private readonly stream: NodeJS.WriteStream,
  ) {
    // Loaded where there is a bar: most commands have none.
    const { SingleBar } = createRequire(import.meta.url)('cli-progress') as typeof import('cli-progress');
    this.bar = new SingleBar({
      stream,
      format: '{line}',
      hideCursor: true,
      linewrap: true,
      clearOnComplete: true,
      gracefulExit: false,
    });
    this.bar.start(total, 0, { line: this.line(0) });
  }

  update(done: number, note = this.note, secondsLeft?: number): void {
    this.note = note;
    this.bar.update(done, { line: this.line(done, secondsLeft) });
  }

  hide(): void {
    this.stream.cursorTo(0);
    this.stream.clearLine(0);
  }

  /** Below what was written meanwhile: where it ends, cli-progress goes back to the place that was saved last. */
  show(): void {
    this.stream.write(saveCursor);
    this.bar.render();
  }

  stop(): void {
    this.bar.stop();
  }

  /** The whole line, cut where the terminal ends: a line that wraps cannot be drawn again. */
  private line(done: number, secondsLeft?: number): string {
    const width = this.stream.columns - 1;
    const filled = this.total === 0 ? barCharacters : Math.round((barCharacters * done) / this.total);
    const drawn = '█'.repeat(filled) + '░'.repeat(barCharacters - filled);
    return `${this.label} ${drawn} ${done}/${this.total}${left(secondsLeft)}  ${this.note}`.slice(0, width);
  }
}

const left = (seconds: number | undefined): string =>
  seconds === undefined ? '' : `, ${formatDuration(seconds)} left`;

/** Least milliseconds between two lines that say nothing but how far it is. */
const lineInterval = 5000;

function lineProgress(label: string, total: number, write: (line: string) => void): Progress {
  let last = performance.now();
  return {
    update(done, note, secondsLeft) {
      if (note === undefined && performance.now() - last < lineInterval) return;
      last = performance.now();
      write(`${label} ${done}/${total}${left(secondsLeft)}${note === undefined ? '' : `  ${note}`}`);
    },
    stop: () => undefined,
  };
}
