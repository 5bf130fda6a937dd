import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { runIn } from './fixtures/run-in.js';
import { temporaryFolder } from './fixtures/temporary-folder.js';
import type { RunFolder } from './index.js';
import { firstSign, type LifeSign, writeLifeSign } from './life-sign.js';
import { Witness } from './witness.js';

const folder = temporaryFolder();

/** A witness of 10 milliseconds' patience, whose clock the test sets. */
async function witnessed(): Promise<{ run: RunFolder; witness: Witness; clock: { now: number } }> {
  const run = await runIn(folder());
  const clock = { now: 1000 };
  return { run, clock, witness: new Witness(run, 10, () => clock.now) };
}

const give = (run: RunFolder, writer: string, sign: Partial<LifeSign>): Promise<void> =>
  writeLifeSign(run, { ...firstSign(writer), ...sign });

describe('Witness', () => {
  test('a writer is gone that gave no new sign for as long as it was watched', async () => {
    const { run, witness, clock } = await witnessed();
    await give(run, 'a', { beats: 5 });
    await witness.judge();
    expect(witness.isGone('a')).toBe(false);
    clock.now += 9;
    await witness.judge();
    expect(witness.isGone('a')).toBe(false);
    clock.now += 1;
    await witness.judge();
    expect(witness.isGone('a')).toBe(true);
  });

  test('a new sign counts from when it is seen, also of one that was gone', async () => {
    const { run, witness, clock } = await witnessed();
    await give(run, 'a', { beats: 5 });
    await witness.watch();
    clock.now += 20;
    await give(run, 'a', { beats: 6 });
    await witness.judge();
    expect(witness.isGone('a')).toBe(false);
    clock.now += 20;
    await witness.judge();
    expect(witness.isGone('a')).toBe(true);
    await give(run, 'a', { beats: 7 });
    await witness.judge();
    expect(witness.isGone('a')).toBe(false);
  });

  test('one that ended is gone at once, but only from when it is judged', async () => {
    const { run, witness } = await witnessed();
    await give(run, 'a', { beats: 5 });
    await witness.judge();
    await give(run, 'a', { beats: 6, ended: true });
    await witness.watch();
    expect(witness.isGone('a')).toBe(false);
    await witness.judge();
    expect(witness.isGone('a')).toBe(true);
  });

  test('one that never gave a sign, or none that can be read, is watched from when it is asked for', async () => {
    const { run, witness, clock } = await witnessed();
    await give(run, 'torn', { beats: 1 });
    writeFileSync(join(run.writers, 'torn.json'), '');
    await witness.judge();
    expect([witness.isGone('torn'), witness.isGone('none')]).toEqual([false, false]);
    clock.now += 10;
    await witness.judge();
    expect([witness.isGone('torn'), witness.isGone('none')]).toEqual([true, true]);
  });
});
