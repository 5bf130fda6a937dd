import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { isGone, thisProcess } from './process-identity.js';

const onLinux = existsSync('/proc/self/stat') ? describe : describe.skip;

onLinux('isGone(process)', () => {
  const own = thisProcess()!;

  test('this process is there', () => {
    expect(isGone(own)).toBe(false);
  });

  test('one that is killed is gone', async () => {
    const child = spawn('sleep', ['60']);
    const { pid: id } = child;
    expect(isGone({ ...own, id: id! })).toBe(true); // It began later than this one.
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    expect(isGone({ ...own, id: id! })).toBe(true);
  });

  test('one that had the number of this one is gone', () => {
    expect(isGone({ ...own, begin: '1' })).toBe(true);
  });

  test('of one of another machine or container, or of a system that does not tell, it is not known', () => {
    expect(isGone({ ...own, machine: 'elsewhere', begin: '1' })).toBe(false);
    expect(isGone(null)).toBe(false);
  });
});
