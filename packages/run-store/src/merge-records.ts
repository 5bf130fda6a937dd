import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { hashOfText } from '@netspace/content-hash';
import { readRecords, recordFiles } from './read-records.js';
import type { RunFolder } from './run-folder.js';
import { writeFileWhole } from './write-file-whole.js';

/**
 * Takes over the files of records of another folder of the same run. No file that is there is changed: where one of the same
 * name holds something else, the other's is put beside it under a name with its hash. What was taken over before is not again.
 *
 * @returns How many files were added.
 * @throws InvalidInputError where a line of the other's is no record, or a file cannot be written.
 * @example
 * import { mkdtempSync } from 'node:fs';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { mergeRecords, RunFolder } from '@netspace/run-store';
 * const [folder, other] = ['one', 'other'].map((name) => new RunFolder(mkdtempSync(join(tmpdir(), name))));
 * await mergeRecords(folder, other); // => 0
 */
export async function mergeRecords(folder: RunFolder, other: RunFolder): Promise<number> {
  await readRecords(other); // All of it is records, or nothing is taken.
  let added = 0;
  for (const file of await recordFiles(other)) {
    const text = wholeLines(await readFile(file, 'utf8'));
    const name = basename(file, '.jsonl');
    const places = [`${name}.jsonl`, `${name}-${hashOfText(text).slice(0, 12)}.jsonl`].map((file) =>
      join(folder.records, file),
    );
    if (text === '' || (await isKnown(places, text))) continue;
    await writeFileWhole(
      places.find((place) => !existsSync(place))!,
      text,
    );
    added++;
  }
  return added;
}

/** Without a last line that has no end. */
function wholeLines(text: string): string {
  return text.slice(0, text.lastIndexOf('\n') + 1);
}

/** Whether one of the files holds all of the text. */
async function isKnown(files: readonly string[], text: string): Promise<boolean> {
  for (const file of files) {
    if (existsSync(file) && (await readFile(file, 'utf8')).startsWith(text)) return true;
  }
  return false;
}
