import { expect, test } from '@jest/globals';
import { toyTasks } from './fixtures/toy-tasks.js';
import { RunProgress } from './run-progress.js';

test('RunProgress.state() extrapolates the flops done, after the first ten seconds', () => {
  let now = 100;
  // Of 1, 2, 3 and 4 flops.
  const tasks = [...toyTasks(4)].sort((a, b) => a.network.complexity.flops - b.network.complexity.flops);
  const progress = new RunProgress(tasks, () => now);
  now = 105;
  progress.finish(tasks[0]!);
  expect(progress.state()).toEqual({ done: 1, total: 4 });
  now = 120;
  progress.reach(tasks[1]!, 0.5);
  // 1 + 1 of 10 in 20 s: 8 more take 80 s.
  expect(progress.state()).toEqual({ done: 1, total: 4, secondsLeft: 80 });
  progress.lose(tasks[1]!);
  expect(progress.state().secondsLeft).toBe(180);
  for (const task of tasks.slice(1)) progress.finish(task);
  expect(progress.state()).toEqual({ done: 4, total: 4, secondsLeft: 0 });
});

test('RunProgress.state() takes no credit for what was done of a task before the run, but for what it did before a loss', () => {
  let now = 100;
  const tasks = [...toyTasks(4)].sort((a, b) => a.network.complexity.flops - b.network.complexity.flops);
  const progress = new RunProgress(tasks, () => now);
  progress.resume(tasks[3]!, 0.5);
  now = 120;
  progress.reach(tasks[3]!, 0.75);
  // 1 of 10 in 20 s, and 3 are done: 7 more take 140 s.
  expect(progress.state().secondsLeft).toBe(140);
  progress.finish(tasks[3]!);
  // 2 in 20 s, and 4 are done.
  expect(progress.state().secondsLeft).toBe(60);
  now = 130;
  progress.reach(tasks[2]!, 1 / 3);
  progress.lose(tasks[2]!);
  progress.resume(tasks[2]!, 1 / 3);
  // 3 in 30 s, and 5 are done.
  expect(progress.state().secondsLeft).toBe(50);
});
