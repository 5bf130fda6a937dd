import { PassThrough } from 'node:stream';
import { expect, test } from '@jest/globals';
import { analyseStudy } from '@netspace/analysis';
import { madeArm, madeStudy } from '@netspace/analysis/testing';
import { printAnalysis } from './describe-analysis.js';
import { Terminal } from './terminal.js';

/** What is printed of two arms with these errors, whose networks have the same flops one by one. */
function printed(first: readonly number[], other: readonly number[]): string {
  const output = new PassThrough();
  const arm = (name: string, errors: readonly number[]): ReturnType<typeof madeArm> =>
    madeArm(
      name,
      errors.map((error, index) => ({ error, flops: 1e6 * (1 + index) })),
    );
  const analysis = analyseStudy({ ...madeStudy([arm('A', first), arm('B', other)]), matched: true });
  printAnalysis(new Terminal(output as unknown as NodeJS.WriteStream), analysis);
  return String(output.read());
}

test('two arms are called equivalent where they surely are, and not where nothing is found', () => {
  const before = [50, 40, 30, 20, 10];
  expect(printed(before, [50.2, 39.9, 30.1, 19.8, 10])).toContain(
    'Equivalent: B and A, less than 1 percentage point between their means, p 7.3e-5\n',
  );
  expect(printed(before, [52, 39, 33, 17, 10])).not.toContain('Equivalent');
});
