/**
 * Refines the table of networks, 20 times with other draws, and prints which conclusions were found.
 *
 *     node docs/results/graphgym/refine.mjs
 */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { refine, tableGround } from '@netspace/refine';
import { parse } from 'csv-parse/sync';

const design = ['bn', 'act', 'drop', 'agg', 'stage', 'optim', 'lr', 'epoch', 'batch', 'l_pre', 'l_mp', 'l_post'];
const task = ['format', 'dataset', 'task', 'trans', 'feature', 'label'];
const conclusions = ['fix-agg-add', 'fix-drop-0.0', 'fix-bn-True', 'fix-stage-skipconcat', 'fix-act-prelu'];
const options = {
  ...{ margin: 5, errorRate: 0.05, budget: Infinity, first: 100, pairs: 300, final: 0 },
  ...{ accept: [], reject: [], proposeOnly: false },
};

const table = gunzipSync(readFileSync(new URL('networks.csv.gz', import.meta.url)));
const networks = rankedWithinTasks(parse(table, { columns: true }));
const chains = [];
for (let seed = 1; seed <= 20; seed++) {
  const { ground, wholeTable } = tableGround({ name: 'graphgym', networks, seed });
  chains.push((await refine(ground, wholeTable, options)).refinement);
}

console.log('| refinement | true effect | confirmed | given up | too few left | not tried |');
console.log('| --- | --- | --- | --- | --- | --- |');
const others = new Set(chains.flatMap(acceptedOf).filter((name) => !conclusions.includes(name)));
for (const name of [...conclusions, ...[...others].sort()]) {
  const last = chains.map((chain) =>
    chain.steps.flatMap(({ proposals }) => proposals).findLast((one) => one.name === name),
  );
  const count = (test) => last.filter(test).length;
  const counts = [
    count((one) => one?.verdict === 'accepted'),
    count((one) => isTried(one) && one.pairs > 0),
    count((one) => isTried(one) && one.pairs === 0),
    count((one) => one === undefined || one.verdict === 'not tried'),
  ];
  console.log(`| ${[name, effectOf(name), ...counts].join(' | ')} |`);
}
const trainings = chains.map((chain) => chain.trainings).sort((a, b) => a - b);
console.log(`\n${trainings[0]} to ${trainings.at(-1)} networks looked up.`);

function isTried(proposal) {
  return proposal !== undefined && proposal.verdict !== 'accepted' && proposal.verdict !== 'not tried';
}

function acceptedOf({ steps }) {
  return steps
    .flatMap(({ proposals }) => proposals.filter(({ verdict }) => verdict === 'accepted'))
    .map(({ name }) => name);
}

/** Of all networks of the table: mean rank of those that a refinement keeps - that of all. */
function effectOf(name) {
  const [verb, parameter, value] = name.split('-');
  const keeps = ({ parameters }) => (parameters[parameter] === value) === (verb === 'fix');
  const mean = (some) => some.reduce((sum, { error }) => sum + error, 0) / some.length;
  return (mean(networks.filter(keeps)) - mean(networks)).toFixed(1).replace('-', '−');
}

/** Error: rank of the accuracy among the networks of its task, 0 for the best to 100; ties share theirs. */
function rankedWithinTasks(rows) {
  const accuracies = new Map();
  for (const row of rows) accuracies.set(taskOf(row), [...(accuracies.get(taskOf(row)) ?? []), Number(row.accuracy)]);
  return rows.map((row, index) => {
    const others = accuracies.get(taskOf(row));
    const better = others.filter((other) => other > Number(row.accuracy)).length;
    const same = others.filter((other) => other === Number(row.accuracy)).length;
    return {
      id: String(index),
      parameters: Object.fromEntries(design.map((column) => [column, row[column]])),
      error: (100 * (better + (same - 1) / 2)) / (others.length - 1),
    };
  });
}

function taskOf(row) {
  return task.map((column) => row[column]).join();
}
