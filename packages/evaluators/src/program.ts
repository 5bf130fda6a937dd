import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { LineSplitter } from './line-splitter.js';

/** Characters of a line that a program may write: far above any message, far below the memory. */
const longestLine = 1_000_000;
/** Characters of its standard error that are kept: the last ones. */
const keptErrors = 2_000;
/** Milliseconds after its end in which what it wrote must be read: something it left behind may hold its pipes open. */
const drainLimit = 1_000;

/** What a program did. */
export type ProgramEvent =
  | { readonly kind: 'line'; readonly text: string }
  /** `how`: `exit status 1`, `SIGKILL`, why it could not be started; `isGood` with exit status 0. */
  | { readonly kind: 'ended'; readonly how: string; readonly isGood: boolean };

/** A running program of the user's in a process group of its own: lines go in and come out. */
export class Program {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly ended: Promise<void>;
  private readonly events: ProgramEvent[] = [];
  private readonly lines = new LineSplitter();
  private notify: () => void = () => undefined;
  private errors = '';
  /** Why it was killed for what it did. */
  private fault: string | undefined;

  /** @param command - Program and arguments; no shell reads them. */
  constructor([file, ...words]: readonly string[], directory: string) {
    // A group of its own, so that it is killed together with what it started.
    this.child = spawn(file!, words, { cwd: directory, stdio: 'pipe', detached: true });
    // However this process ends, the program ends too.
    process.once('exit', this.killGroup);
    this.ended = new Promise((resolve) => this.watch(resolve));
  }

  /** Whether it can be asked. */
  get isRunning(): boolean {
    return this.child.pid !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** The last lines of its standard error. */
  get lastErrors(): string {
    return this.errors.trim();
  }

  write(line: string): void {
    this.child.stdin.write(`${line}\n`);
  }

  /** Tells it that nothing more will come. */
  endInput(): void {
    this.child.stdin.end();
  }

  /** What it did next; the end is the last event. */
  async next(): Promise<ProgramEvent> {
    while (this.events.length === 0) await new Promise<void>((resolve) => (this.notify = resolve));
    return this.events.shift()!;
  }

  /** Kills it with all that it started, and resolves when it is gone. */
  async kill(): Promise<void> {
    if (this.isRunning) this.killGroup();
    await this.ended;
  }

  /** Kills it for what it did, which is how it ended then. */
  killFor(fault: string): void {
    this.fault ??= fault;
    this.killGroup();
  }

  /** Waits for its end, but not longer than some milliseconds. */
  async waitForEnd(milliseconds: number): Promise<void> {
    await Promise.race([this.ended, setTimeout(milliseconds, undefined, { ref: false })]);
  }

  private watch(onEnd: () => void): void {
    const { child } = this;
    const end = (how: string, isGood: boolean): void => {
      process.off('exit', this.killGroup);
      // Of a program that did not end well, what it was about to write says nothing.
      if (isGood) this.tellLines(this.lines.end());
      this.tell({ kind: 'ended', how, isGood });
      onEnd();
    };
    child.once('error', (error) => {
      if (child.pid === undefined) end(`could not be started: ${error.message}`, false);
    });
    child.once('exit', () => void this.drain());
    child.once('close', (code, signal) => {
      if (child.pid === undefined) return;
      const how = `ended with ${signal ?? `exit status ${code}`}`;
      end(signal === 'SIGKILL' ? (this.fault ?? how) : how, code === 0);
    });
    child.stdin.on('error', () => this.killFor('closed its standard input before it had read its job'));
    child.stderr.on('data', (piece: Buffer) => (this.errors = (this.errors + piece.toString()).slice(-keptErrors)));
    child.stdout.on('data', (piece: Buffer) => this.read(piece));
  }

  private read(piece: Buffer): void {
    this.tellLines(this.lines.push(piece));
    if (this.lines.pending > longestLine) this.killFor(`wrote a line of more than ${longestLine} characters`);
  }

  private tellLines(lines: readonly string[]): void {
    for (const text of lines) this.tell({ kind: 'line', text });
  }

  private tell(event: ProgramEvent): void {
    this.events.push(event);
    this.notify();
  }

  /** It has ended: what it started ends too, and its pipes, which something else may still hold. */
  private async drain(): Promise<void> {
    this.killGroup();
    await this.waitForEnd(drainLimit);
    this.child.stdout.destroy();
    this.child.stderr.destroy();
  }

  private readonly killGroup = (): void => {
    try {
      process.kill(-this.child.pid!, 'SIGKILL');
    } catch {
      // It is gone, or was never there.
    }
  };
}
