import { expect, test } from '@jest/globals';
import { analyseStudy, analysisOf, claimKinds, findingsOf } from './index.js';
import { madeArm, madeLatencies, madeStudy, variedNetworks } from './testing.js';

const arms = [
  madeArm('A', variedNetworks(40, 10)),
  madeArm('B', [...variedNetworks(30, 8), { error: 'failed' }, { error: 'missing' }, { error: [9, 'diverged'] }]),
  madeArm('C', [
    { error: [12, 12.5], validationError: 12 },
    { error: [11, 11.5], validationError: 13 },
    { error: [11, 11], validationError: 13 },
  ]),
  madeArm('D', [{ error: 'failed' }]),
];
const study = { ...madeStudy(arms), matched: true, latencies: madeLatencies(arms), claims: claimKinds };

test('analysisOf(findingsOf(analysis), results) is the analysis, also after a way through JSON', () => {
  const analysis = analyseStudy(study);
  const findings = JSON.parse(JSON.stringify(findingsOf(analysis))) as ReturnType<typeof findingsOf>;
  expect(analysisOf(findings, study)).toEqual(analysis);
});

test('findings repeat no network', () => {
  const { arms: found, ...others } = findingsOf(analyseStudy({ ...study, latencies: [] }));
  const named = [...arms[0]!.population.networks, ...arms[1]!.population.networks].map(({ id }) => id);
  const told = found.map((arm) => ({ ...arm, trends: null }));
  for (const id of named) expect(JSON.stringify([told, others])).not.toContain(`"${id}"`);
});
