/**
 * A whole study beside the whole script that it replaces: the wall time of `netspace study train` and of
 * tools/pytorch-study.py, which trains the same networks on the same images by the same recipe, one after the other in the
 * same run. One JSON line for each, then how many times as fast the study is as the faster of PyTorch's.
 *
 * Usage: study.bench.mjs [--study FILE] [--data DIR] [--networks N] [--python PATH] [--precision float32|bfloat16]
 *   --study      studies/quickstart.yaml unless told
 *   --data       folder of its images, where they are not in an npm package
 *   --networks   of each space, instead of the study's
 *   --python     a Python that has torch and numpy
 *   --precision  of the study; PyTorch trains in both
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loadDataset } from '@netspace/datasets';
import { openRun, readPopulations } from '@netspace/orchestrator';
import { readStudy } from '@netspace/study';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const { values } = parseArgs({
  options: {
    study: { type: 'string', default: 'studies/quickstart.yaml' },
    data: { type: 'string' },
    networks: { type: 'string' },
    python: { type: 'string', default: 'python3' },
    precision: { type: 'string', default: 'float32' },
  },
});
const folder = mkdtempSync(join(tmpdir(), 'netspace-'));
const directory = join(folder, 'run');

/** Seconds that a command takes, and what it prints. */
async function timed(command, args) {
  const start = performance.now();
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  const [status] = await once(child, 'close');
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}: ${output}`);
  return { seconds: (performance.now() - start) / 1000, output };
}

/** The study as it is trained here: a copy with what was asked for. */
function studyFile() {
  const file = join(folder, 'study.yaml');
  let text = `${readFileSync(join(root, values.study), 'utf8')}engine: native\n`;
  if (values.networks) text = text.replace(/^networks: .*$/m, `networks: ${Number(values.networks)}`);
  writeFileSync(file, text.replace(/^recipe:$/m, `recipe:\n  precision: ${values.precision}`));
  return file;
}

/** What pytorch-study.py reads: the networks of the populations, and the bytes of the images. */
async function writeJob(study, recipe) {
  const { populations } = await readPopulations(await openRun(directory));
  const dataset = await loadDataset(study.settings[0].dataset, {
    place: { studyDirectory: folder, dataDirectory: values.data },
  });
  const { channels, imageSize, mirrorable, mean, standardDeviation } = dataset;
  const parts = Object.fromEntries(
    ['train', 'test'].map((part) => {
      const files = { images: join(folder, `${part}.images`), labels: join(folder, `${part}.labels`) };
      writeFileSync(files.images, dataset[part].images);
      writeFileSync(files.labels, new Uint8Array(dataset[part].labels.buffer));
      return [part, files];
    }),
  );
  const networks = populations.flatMap((population) => population.networks.map(({ config }) => config));
  const job = join(folder, 'job.json');
  const images = { channels, imageSize, mirrorable, mean, standardDeviation, parts };
  writeFileSync(job, JSON.stringify({ networks, recipe, dataset: images }));
  return { job, networks };
}

const report = (row) => console.log(JSON.stringify({ ...row, load: Number(loadavg()[0].toFixed(1)) }));
const rounded = (value) => Number(value.toFixed(1));
const meanOf = (errors) => rounded(errors.reduce((sum, error) => sum + error, 0) / errors.length);

try {
  const file = studyFile();
  const data = values.data ? ['--data', values.data] : [];
  const netspace = (step, ...own) =>
    timed('npx', ['netspace', 'study', step, file, ...data, '--out', directory, ...own]);
  const study = await readStudy(file);
  await netspace('sample');
  const { job, networks } = await writeJob(study, study.settings[0].recipe);
  const own = await netspace('train', '--resume', '--workers', '2');
  report({
    what: 'netspace study train',
    precision: values.precision,
    networks: networks.length,
    seconds: rounded(own.seconds),
  });
  const times = [];
  for (const precision of ['float32', 'bfloat16']) {
    const { seconds, output } = await timed(values.python, [
      join(root, 'tools/pytorch-study.py'),
      job,
      '--precision',
      precision,
    ]);
    const errors = output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).error);
    report({
      what: 'pytorch-study.py',
      precision,
      networks: errors.length,
      seconds: rounded(seconds),
      mean_error: meanOf(errors),
    });
    times.push(seconds);
  }
  report({ times_as_fast: Number((Math.min(...times) / own.seconds).toFixed(2)) });
} finally {
  rmSync(folder, { recursive: true });
}
