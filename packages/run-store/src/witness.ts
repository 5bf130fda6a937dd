import { readLifeSigns } from './life-sign.js';
import type { RunFolder } from './run-folder.js';

/** What was seen of a writer. */
interface Seen {
  /** -1 where it has given no sign. */
  readonly beats: number;
  /** When its beats were first seen to be so many, in milliseconds. */
  readonly at: number;
  readonly ended: boolean;
}

/**
 * Judges which writers of a run are gone: those that ended, and those whose signs of life have not changed for as long as
 * this process watched them. Only its own steady clock counts: clocks of other machines, and those that are set, do not.
 */
export class Witness {
  private readonly seen = new Map<string, Seen>();
  private gone: ReadonlySet<string> = new Set();

  /**
   * @param patience - Milliseconds without a change after which a writer is gone.
   * @param now - Steady clock in milliseconds.
   */
  constructor(
    private readonly folder: RunFolder,
    private readonly patience: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Sees how all writers are. */
  async watch(): Promise<void> {
    const signs = await readLifeSigns(this.folder);
    for (const { writer, beats, ended } of signs) this.see(writer, beats, ended);
  }

  /** Sees how all writers are, and judges: {@link isGone} answers by it until the next time. */
  async judge(): Promise<void> {
    await this.watch();
    const now = this.now();
    const gone = [...this.seen].filter(([, { at, ended }]) => ended || now - at >= this.patience);
    this.gone = new Set(gone.map(([writer]) => writer));
  }

  /** Whether a writer was gone when it was judged. One that never gave a sign is watched from when it is asked for. */
  isGone(writer: string): boolean {
    if (!this.seen.has(writer)) this.see(writer, -1, false);
    return this.gone.has(writer);
  }

  private see(writer: string, beats: number, ended: boolean): void {
    const before = this.seen.get(writer);
    const at = before?.beats === beats ? before.at : this.now();
    this.seen.set(writer, { beats, at, ended });
  }
}
