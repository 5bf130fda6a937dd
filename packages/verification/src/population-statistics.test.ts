import { expect, test } from '@jest/globals';
import type { Engine } from '@netspace/contracts';
import rows from './fixtures/population-statistics.json' with { type: 'json' };
import { populationStatistics } from './population-statistics.js';

/** This check uses no engine. */
const engine = undefined as unknown as Engine;

// Two rows of the reference numbers, made with SciPy and NumPy; in the second no test of pairs is defined.
const row = rows[0]!;
const { lower } = row.learned_miller;

test('the check of population_statistics.json passes right rows', async () => {
  const [exact, bands] = await populationStatistics.run(rows, engine);
  expect(exact).toMatchObject({ cases: 2, tolerance: 1e-9 });
  expect(exact!.worstError).toBeLessThan(1e-11);
  expect(bands).toMatchObject({ cases: 2, tolerance: 1e-6 });
  expect(bands!.worstError).toBeLessThan(1e-11);
});

test.each([
  ['mann_whitney_p', { mann_whitney_p: row.mann_whitney_p + 0.125 }, [0.125, 0]],
  ['brunner_munzel.p', { brunner_munzel: { ...row.brunner_munzel, p: null } }, [Infinity, 0]],
  ['brunner_munzel.statistic', { brunner_munzel: null }, [Infinity, 0]],
  ['hodges_lehmann', { hodges_lehmann: undefined }, [Infinity, 0]],
  ['paired.sign_p', { paired: { ...row.paired, sign_p: 0.5 } }, [0.5, 0]],
  ['replicates.icc', { replicates: { ...row.replicates, icc: row.replicates.icc - 0.25 } }, [0.25, 0]],
  ['weighted.ks', { weighted: { ...row.weighted, ks: row.weighted.ks + 0.5 } }, [0.5, 0]],
  ['ks_half_width', { ks_half_width: row.ks_half_width + 0.25 }, [0, 0.25]],
  ['learned_miller.lower[4]', { learned_miller: { ...row.learned_miller, lower: lower.slice(0, 4) } }, [0, Infinity]],
])('it finds a wrong %s', async (name, change, errors) => {
  const results = await populationStatistics.run([row, { ...row, ...change }], engine);
  results.forEach((result, index) => {
    if (errors[index] === 0) expect(result.worstError).toBeLessThan(result.tolerance);
    else expect(result.worstCase).toBe(`row 1: ${name}`);
    if (errors[index] === Infinity) expect(result.worstError).toBe(Infinity);
    else expect(result.worstError).toBeCloseTo(errors[index]!, 9);
  });
});
