import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { temporaryFolder } from './fixtures/temporary-folder.js';
import { queueId, RunFolder } from './index.js';

const parent = temporaryFolder();
let folder: RunFolder;
beforeEach(() => {
  folder = new RunFolder(join(parent(), 'run'));
});

describe('queueId(folder)', () => {
  test('stays with the folder, and is that of no other', async () => {
    const id = await queueId(folder);
    expect(await queueId(new RunFolder(folder.directory))).toBe(id);
    expect(await queueId(new RunFolder(join(parent(), 'other')))).not.toBe(id);
  });

  test.each(['', '{"id":"mine"}', '{"id":'])('a file that holds %j is told by its name, and left', async (text) => {
    await queueId(folder);
    writeFileSync(folder.queue, text);
    await expect(queueId(folder)).rejects.toThrow(folder.queue);
    expect(readFileSync(folder.queue, 'utf8')).toBe(text);
  });
});
