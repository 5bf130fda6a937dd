import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parseConfig } from '@netspace/config-file';
import { z } from 'zod';
import type { RunFolder } from './run-folder.js';
import { writeFileWhole } from './write-file-whole.js';

const queueSchema = z.strictObject({ id: z.uuid() });

/**
 * What tells the trainings of a run from those of others on a queue: made when it is first asked for, and kept in the folder,
 * so that whoever goes on with the run finds them.
 *
 * @throws InvalidInputError where the file was damaged, or cannot be written.
 * @example
 * import { mkdtempSync } from 'node:fs';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { queueId, RunFolder } from '@netspace/run-store';
 * const folder = new RunFolder(mkdtempSync(join(tmpdir(), 'run-')));
 * (await queueId(folder)) === (await queueId(folder)); // => true
 */
export async function queueId({ queue }: RunFolder): Promise<string> {
  try {
    return parseConfig(await readFile(queue, 'utf8'), queue, queueSchema).id;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const id = randomUUID();
    await writeFileWhole(queue, `${JSON.stringify({ id })}\n`);
    return id;
  }
}
