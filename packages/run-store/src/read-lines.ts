import { createReadStream } from 'node:fs';

/** A line of a file. */
export interface Line {
  /** From 1. */
  readonly number: number;
  /** Without its end. */
  readonly bytes: Buffer;
  /** Whether it has its end: false of a last line that was cut off. */
  readonly whole: boolean;
}

/** The lines of a file in order, as many at once as are read at once; what is not ended by a newline comes last. */
export async function* readLines(file: string): AsyncGenerator<readonly Line[]> {
  let number = 1;
  let rest: Buffer[] = [];
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    const lines: Line[] = [];
    let start = 0;
    for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', start)) {
      const bytes = chunk.subarray(start, end);
      lines.push({ number: number++, bytes: rest.length === 0 ? bytes : Buffer.concat([...rest, bytes]), whole: true });
      rest = [];
      start = end + 1;
    }
    if (start < chunk.length) rest.push(chunk.subarray(start));
    yield lines;
  }
  if (rest.length > 0) yield [{ number, bytes: Buffer.concat(rest), whole: false }];
}
