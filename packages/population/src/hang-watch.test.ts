import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { HangWatch } from './hang-watch.js';

let hangs: string[];
let watch: HangWatch;
let others: number;
beforeEach(() => {
  jest.useFakeTimers();
  hangs = [];
  others = Infinity;
  watch = new HangWatch(
    () => performance.now() / 1000,
    () => others,
    9000,
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
    expect.stringMatching(/^made no progress for 2[67]\d s, where at its speed 260 s are the most: it hangs$/),
  ]);
  pass(1000);
  expect(hangs).toHaveLength(1);
});

test('one that has told no progress hangs when its patience is over', () => {
  pass(9000);
  expect(hangs).toEqual([]);
  pass(15);
  expect(hangs).toEqual([
    expect.stringMatching(/^made no progress for 90\d\d s, where as it begins 9000 s are the most: it hangs$/),
  ]);
});

test('nor may it take longer than others say, though it began slowly', () => {
  pass(100);
  watch.reach(0.01); // 10,000 s in all
  others = 300;
  pass(300);
  expect(hangs).toEqual([]);
  pass(15);
  expect(hangs).toEqual([expect.stringMatching(/where at its speed 300 s are the most: it hangs$/)]);
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
  expect(hangs).toEqual([expect.stringMatching(/where at its speed 2060 s are the most: it hangs$/)]);
});
