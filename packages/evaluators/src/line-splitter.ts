import { StringDecoder } from 'node:string_decoder';

/** Makes lines of the pieces that a pipe delivers; the ends of lines are left out. */
export class LineSplitter {
  private readonly decoder = new StringDecoder('utf8');
  private rest = '';

  /** Characters of the line that has not ended yet. */
  get pending(): number {
    return this.rest.length;
  }

  /** The lines that end in this piece. */
  push(piece: Buffer): string[] {
    return this.split(this.decoder.write(piece));
  }

  /** What stands behind the last line end, where there is anything. */
  end(): string[] {
    const lines = this.split(this.decoder.end());
    return this.rest === '' ? lines : [...lines, this.rest];
  }

  private split(text: string): string[] {
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop()!;
    return lines.map((line) => line.replace(/\r$/, ''));
  }
}
