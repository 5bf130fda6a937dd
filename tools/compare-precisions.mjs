/**
 * Whether training in bfloat16 changes error distributions: trains the networks of studies/quickstart.yaml in float32 and in
 * bfloat16 with the same seeds, prints the two-sample Kolmogorov-Smirnov test of the errors and draws their distributions.
 *
 * Usage: node tools/compare-precisions.mjs [FIGURE.svg]; needs a built clone and a processor with AVX512_BF16. The networks
 * are kept in runs/, and a second run goes on where the first one was interrupted.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { figures } from '@netspace/report';
import { errorsOf, percentile, summarise, twoSampleKolmogorovSmirnov } from '@netspace/statistics';
import { mustRun } from './workspace.mjs';

const [figureFile = 'runs/precisions/error-edf.svg'] = process.argv.slice(2);
const study = readFileSync('studies/quickstart.yaml', 'utf8');

/** The networks of all spaces, as if they were one population, named by the precision. */
async function train(precision) {
  const folder = join('runs', 'precisions', precision);
  const file = `${folder}.yaml`;
  mkdirSync(join('runs', 'precisions'), { recursive: true });
  writeFileSync(file, study.replace('recipe:\n', `recipe:\n  precision: ${precision}\n`));
  await mustRun('npx', ['netspace', 'study', 'run', file, '--resume', '--engine', 'native', '--out', folder]);
  const populations = readdirSync(join(folder, 'populations')).map((name) =>
    JSON.parse(readFileSync(join(folder, 'populations', name), 'utf8')),
  );
  const records = readFileSync(join(folder, 'records.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const networks = populations.flatMap((population) => population.networks);
  return {
    population: { ...populations[0], space: precision, networks },
    records: records.map((record) => ({ ...record, space: precision })),
    ...{ degreesOfFreedom: 0, size: '', fits: {} },
  };
}

const spaces = [await train('float32'), await train('bfloat16')];
const errors = spaces.map(({ records }) => errorsOf(records));
spaces.forEach(({ population }, index) => {
  const quantiles = [0, 25, 50, 75].map((p) => percentile(errors[index], p).toFixed(2));
  console.log(`${population.space}: ${quantiles.join(', ')} %, mean ${summarise(errors[index]).mean.toFixed(2)} %`);
});
console.log(twoSampleKolmogorovSmirnov(errors[0], errors[1]));
const drawn = await figures({ title: 'Precisions', description: [], spaces });
const { svg } = drawn.find(({ name }) => name === 'error-edf');
writeFileSync(figureFile, svg.replace('<svg ', '<svg style="background: white" '));
