import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { HangWatch } from './hang-watch.js';

let hangs: string[];
let watch: HangWatch;
beforeEach(() => {
  jest.useFakeTimers();
  hangs = [];
  watch = new HangWatch(
    () => performance.now() / 1000,
    () => 9000,
    (seen) => hangs.push(seen),
  );
});
afterEach(() => {
  watch.end();
  jest.useRealTimers();
});

const pass = (seconds: number): void => {
  jest.advanceTimersByTime(1000 * seconds);
};

test('a training that stands still for longer than it takes in all, and a minute, hangs', () => {
  pass(100);
  watch.reach(0.5); // 200 s in all
  pass(255);
  expect(hangs).toEqual([]);
  pass(15);
  expect(hangs).toEqual([
    expect.stringMatching(/^made no progress for 2[67]\d s, where all of it takes 200 s at its speed: it hangs$/),
  ]);
  pass(1000);
  expect(hangs).toHaveLength(1);
});

test('one that has told no progress hangs when its patience is over', () => {
  pass(9000);
  expect(hangs).toEqual([]);
  pass(15);
  expect(hangs).toEqual([
    expect.stringMatching(
      /^made no progress for 90\d\d s, more than the 9000 s that its beginning may take: it hangs$/,
    ),
  ]);
});

test('one that is slow, begins late, or is over does not', () => {
  pass(9000);
  for (let step = 1; step <= 100; step++) {
    watch.reach(step / 100);
    pass(9000);
  }
  expect(hangs).toEqual([]);
  watch.end();
  pass(1e7);
  expect(hangs).toEqual([]);
});

test('what comes late, of a process that was stopped itself, comes between two looks', () => {
  pass(1);
  watch.reach(0.1);
  pass(75); // It would hang after 70: one look.
  watch.reach(0.2);
  pass(75);
  expect(hangs).toEqual([]);
  pass(5);
  expect(hangs).toEqual([]);
});

test('the speed of one that goes on is that of what follows', () => {
  pass(5);
  watch.resume(0.9);
  pass(100);
  watch.reach(0.95); // 2000 s in all
  pass(2000);
  expect(hangs).toEqual([]);
  pass(75);
  expect(hangs).toEqual([expect.stringMatching(/where all of it takes 2000 s at its speed: it hangs$/)]);
});
