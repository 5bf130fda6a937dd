/** Input that is nearly what it should be: each is a message or it is read; nothing hangs, nothing shows a stack. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { InvalidInputError } from '@netspace/contracts';
import { checkOutcome, commandEvaluator } from '@netspace/evaluators';
import { checkRecords, readRecords, RunFolder } from '@netspace/run-store';
import { readStudy } from '@netspace/study';
import { recipeSchema } from '@netspace/trainer';

/** Milliseconds after which something hangs. */
const patience = 20_000;

const words = [
  '-',
  ':',
  '{',
  '}',
  '[',
  ']',
  ',',
  '"',
  '&a',
  '*a',
  '<<',
  '!!',
  '|',
  'null',
  '.nan',
  '-1',
  '1e400',
  '0x1',
  '~',
  '\t',
  '\0',
  '\u2028',
];
const piece = fc.oneof(
  fc.constantFrom(...words),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.double().map(String),
  fc.json({ maxDepth: 2 }),
);
const edit = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), removed: fc.nat(12), inserted: piece });

/** A text that differs from a valid one in some places. */
const nearly = (text) =>
  fc.array(edit, { minLength: 1, maxLength: 4 }).map((edits) =>
    edits.reduce((made, { at, removed, inserted }) => {
      const place = Math.floor(at * made.length);
      return made.slice(0, place) + inserted + made.slice(place + removed);
    }, text),
  );

/** Reads `times` inputs; an input that is neither read nor refused by a message, or that takes too long, is printed. */
async function read(arbitrary, times, seed, use) {
  let [refused, wrong] = [0, 0];
  for (const input of fc.sample(arbitrary, { numRuns: times, seed })) {
    const start = performance.now();
    const problem = await Promise.resolve()
      .then(() => use(input))
      .then(
        () => undefined,
        (error) => error,
      );
    if (problem !== undefined) refused++;
    const isMessage =
      problem === undefined || (problem instanceof InvalidInputError && problem.message.length < 20_000);
    if (isMessage && performance.now() - start < patience) continue;
    wrong++;
    console.error(`for ${JSON.stringify(input)}: ${problem?.stack}`);
  }
  return { times, seen: `${refused} refused`, equal: wrong === 0 };
}

const seedOf = (random) => Math.floor(random() * 2 ** 31);

export const studies = {
  name: 'study files, fuzzed',
  run({ folder, study, random }, times) {
    const file = join(folder, 'fuzzed.yaml');
    return read(nearly(readFileSync(study, 'utf8')), times, seedOf(random), async (text) => {
      writeFileSync(file, text);
      await readStudy(file);
    });
  },
};

export const recordFiles = {
  name: 'files of records, fuzzed',
  run({ folder, wholeDirectory, random }, times) {
    const lines = readFileSync(join(wholeDirectory, 'records', 'local.jsonl'), 'utf8')
      .split('\n')
      .slice(0, 2);
    const fuzzed = new RunFolder(join(folder, 'fuzzed'));
    mkdirSync(fuzzed.records, { recursive: true });
    return read(nearly(`${lines.join('\n')}\n`), times, seedOf(random), async (text) => {
      writeFileSync(join(fuzzed.records, 'local.jsonl'), text);
      await checkRecords(fuzzed);
      await readRecords(fuzzed);
    });
  },
};

const outcome = {
  status: 'completed',
  error: 12.5,
  top5Error: null,
  validationError: 13,
  epochs: [{ epoch: 1, testError: 12.5, seconds: 1 }],
  seconds: 1,
  imagesPerSecond: 10,
};

export const outcomes = {
  name: "what plugins' evaluators return, fuzzed",
  run({ random }, times) {
    const altered = fc
      .record({ key: fc.constantFrom(...Object.keys(outcome), 'other'), value: fc.anything() })
      .map(({ key, value }) => ({ ...outcome, [key]: value }));
    return read(fc.oneof(altered, fc.anything()), times, seedOf(random), (value) => checkOutcome(value));
  },
};

const config = {
  ...{ stem: { type: 'res_stem_cifar', width: 8 }, block: 'x', squeezeExcitationRatio: 0, headWidth: 0 },
  ...{ classes: 10, imageSize: 8, imageChannels: 1 },
  stages: [{ depth: 1, width: 8, stride: 1, bottleneckRatio: 1, groupWidth: 8 }],
};
const network = { id: 'n0', index: 0, config, complexity: { flops: 1, params: 1, acts: 1 }, parameters: {} };
const job = { network, recipe: recipeSchema.parse({}), seed: 42 };

export const programs = {
  name: 'what programs print, fuzzed',
  async run({ folder, random }, times) {
    const said =
      '{"progress": 0.5}\n{"epoch": 1, "testError": 20, "trainLoss": 1.5}\n{"error": 12.5, "validationError": 13}\n';
    const file = join(folder, 'printed');
    const result = await read(nearly(said), times, seedOf(random), async (text) => {
      writeFileSync(file, text);
      const evaluator = commandEvaluator({
        command: ['cat', file],
        directory: folder,
        timeLimit: 10,
        processes: 'each',
      });
      // A program that breaks the protocol fails a training by a plain error, whose message is the reason that is kept.
      const problem = await evaluator.evaluate(job, {}).then(checkOutcome, (error) => error);
      await evaluator.close();
      if (problem.constructor === Error) throw new InvalidInputError({ problem: problem.message });
      if (problem instanceof Error) throw problem;
    });
    rmSync(file);
    return result;
  },
};
