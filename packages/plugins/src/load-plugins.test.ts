import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'netspace-')));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(file: string, text: string): void {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

const packageFile = new URL('../dist/index.js', import.meta.url).href;

interface Answer {
  readonly value?: unknown;
  readonly message?: string;
}

/**
 * What an expression over the loaded plugins gives, or the message that loading them or the expression throws: in a
 * process of its own, since it is Node.js that resolves and loads modules, not the test runner.
 */
function load(specifiers: readonly string[], expression = '0', taken: object = {}, check = 'undefined'): Answer {
  const code = `
    import { loadPlugins } from ${JSON.stringify(packageFile)};
    const answer = await (async () => {
      try {
        const plugins = await loadPlugins(${JSON.stringify(specifiers)}, ${JSON.stringify(folder)}, ${JSON.stringify(taken)}, ${check});
        const { extensions, modules, contentOf } = plugins;
        return { value: await (${expression}) };
      } catch (error) {
        return { message: error.name === 'InvalidInputError' ? error.message : error.stack };
      }
    })();
    process.stdout.write(JSON.stringify(answer));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    cwd: tmpdir(),
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Answer;
}

const everyKind = `
  export const blocks = { depthwise: (builder, input) => builder.relu('af', input) };
  export const stems = { patchify: () => 1 };
  export const distributions = { even: { valueCount: () => 2, sampler: ({ low }) => () => low } };
  export const datasets = { mine: { describe: (options) => options.shape, load: () => ({}) } };
  export const engines = { mine: { load: (cores) => ({ available: false, name: 'mine', reason: 'none of ' + cores, remedy: 'no' }) } };
  export const evaluators = { oracle: async () => ({ description: 'an oracle', evaluate() {}, close() {} }) };
  export const figures = { spread: () => [] };
  export const refinements = { halves: () => [{ name: 'half', statement: 'Half.', change: { shared: ['d'] } }] };
  export const claims = { wide: { statement: 'Wide is good.', source: 'here', evidence: () => [] } };
  export const widths = [8, 16];
`;

test('loadPlugins(specifiers, directory) gives the things of each kind by name', () => {
  write('mine.mjs', everyKind);
  const names = 'Object.fromEntries(Object.entries(extensions).map(([kind, things]) => [kind, Object.keys(things)]))';
  expect(load(['./mine.mjs'], names).value).toEqual({
    blocks: ['depthwise'],
    stems: ['patchify'],
    distributions: ['even'],
    datasets: ['mine'],
    engines: ['mine'],
    evaluators: ['oracle'],
    figures: ['spread'],
    claims: ['wide'],
    refinements: ['halves'],
  });
  const calls = `Promise.all([
    extensions.distributions.even.sampler({ low: 3 })(), extensions.distributions.even.boundsProblem === undefined,
    extensions.datasets.mine.describe({ shape: 5 }, {}), extensions.engines.mine.load(4).reason,
    (async () => (await extensions.evaluators.oracle({}, {})).description)(),
    extensions.claims.wide.statement, extensions.claims.wide.source, extensions.claims.wide.evidence({}).length, extensions.refinements.halves({})[0].name,
  ])`;
  expect(load(['./mine.mjs'], calls).value).toEqual([
    ...[3, true, 5, 'none of 4', 'an oracle'],
    ...['Wide is good.', 'here', 0, 'half'],
  ]);
});

test('loadPlugins(specifiers, directory) of no plugins has every kind, empty', () => {
  expect(load([], 'extensions').value).toEqual({
    ...{ blocks: {}, stems: {}, distributions: {}, datasets: {}, engines: {}, evaluators: {}, figures: {}, claims: {} },
    refinements: {},
  });
});

test('loadPlugins(specifiers, directory) takes paths and packages, each module once', () => {
  write('here/mine.mjs', 'export const blocks = { one: () => 1 };');
  write('node_modules/plain/package.json', '{ "name": "plain", "main": "lib.cjs" }');
  write('node_modules/plain/lib.cjs', 'exports.blocks = { two: () => 2 };');
  write(
    'node_modules/@lab/modern/package.json',
    '{ "name": "@lab/modern", "type": "module", "exports": { ".": { "import": { "types": "./x.d.ts", "default": "./main.js" } }, "./extra": "./extra.js" } }',
  );
  write('node_modules/@lab/modern/main.js', 'export const blocks = { three: () => 3 };');
  write('node_modules/@lab/modern/extra.js', 'export const blocks = { four: () => 4 };');
  symlinkSync(join(folder, 'here'), join(folder, 'link'));
  const specifiers = ['./here/mine.mjs', join(folder, 'link/mine.mjs'), 'plain', '@lab/modern', '@lab/modern/extra'];
  expect(load(specifiers, '[Object.keys(extensions.blocks), modules.map(({ specifier }) => specifier)]').value).toEqual(
    [
      ['one', 'two', 'three', 'four'],
      ['./here/mine.mjs', 'plain', '@lab/modern', '@lab/modern/extra'],
    ],
  );
});

test('loadPlugins(specifiers, directory) identifies a module by content, wherever it lies', () => {
  for (const place of ['a', 'b']) {
    write(`${place}/mine.mjs`, "import './part.mjs';\nexport const blocks = { one: () => 1 };");
    write(`${place}/part.mjs`, 'export {};');
  }
  const hash = (file: string): unknown => load([file], "[modules[0].hash, contentOf('blocks', 'one')]").value;
  const [whole, ofBlock] = hash('./a/mine.mjs') as string[];
  expect(whole).toMatch(/^[0-9a-f]{64}$/);
  expect(ofBlock).toBe(whole);
  expect(hash('./b/mine.mjs')).toEqual([whole, whole]);
  write('b/part.mjs', 'export {}; ');
  expect(hash('./b/mine.mjs')).not.toEqual([whole, whole]);
  expect(
    load(['./a/mine.mjs'], "[contentOf('blocks', 'x') === undefined, contentOf('stems', 'one') === undefined]").value,
  ).toEqual([true, true]);
});

test.each([
  ['is not there', ['./none.mjs'], '', 'none.mjs: no such module (valid: the path of a JavaScript file)'],
  ['is a folder', ['./'], '', ': no such module'],
  ['has a syntax error', ['./mine.mjs'], 'export const = 3;', 'mine.mjs: cannot be loaded: '],
  ['throws as it is loaded', ['./mine.mjs'], 'throw new Error("no GPU");', 'mine.mjs:1: cannot be loaded: no GPU'],
  [
    'misses a package',
    ['./mine.mjs'],
    'import "no-such-package";',
    "mine.mjs: cannot be loaded: Cannot find package 'no-such-package'",
  ],
  [
    'registers itself with netspace',
    ['./mine.mjs'],
    "import { registerBlock } from '@netspace/model-builder'; registerBlock('mine', () => 1);",
    'A plugin imports nothing of netspace and registers nothing: it exports what it brings (valid: export const blocks = { my_block: (builder, input, options) => ... })',
  ],
  [
    'exports nothing',
    ['./mine.mjs'],
    '',
    'mine.mjs: exports nothing (valid: one or more of blocks, stems, distributions, ',
  ],
  [
    'exports no kind',
    ['./mine.mjs'],
    'export const widths = 3;',
    'mine.mjs: exports widths (valid: one or more of blocks, ',
  ],
  [
    'misspells a kind',
    ['./mine.mjs'],
    'export const blocks = {}; export const stem = {};',
    'mine.mjs: stem: is no kind of thing that a plugin brings; did you mean "stems"? (valid: blocks, stems, ',
  ],
  [
    'has a list of blocks',
    ['./mine.mjs'],
    'export const blocks = [];',
    'mine.mjs: blocks: is a list (valid: a map of blocks by name)',
  ],
  [
    'has a block that is no function',
    ['./mine.mjs'],
    'export const blocks = { mine: { a: 1 } };',
    'mine.mjs: blocks.mine: is an object (valid: a function: a block is one)',
  ],
  [
    'has a dataset without load',
    ['./mine.mjs'],
    'export const datasets = { mine: { describe() {} } };',
    'mine.mjs: datasets.mine: load is missing (valid: an object with the functions describe, load)',
  ],
  [
    'has a distribution whose check is no function',
    ['./mine.mjs'],
    'export const distributions = { mine: { valueCount() {}, sampler() {}, boundsProblem: 3 } };',
    'mine.mjs: distributions.mine: boundsProblem is a number',
  ],
  [
    'has a name that is a path',
    ['./mine.mjs'],
    'export const figures = { "../x": () => [] };',
    'mine.mjs: figures: got the name "../x"',
  ],
  [
    'uses a name of netspace',
    ['./mine.mjs'],
    'export const blocks = { x: () => 1 };',
    'mine.mjs: blocks.x: netspace ships a block of this name (valid: another name)',
  ],
])('loadPlugins(specifiers, directory) of a module that %s names it', (_, specifiers, text, message) => {
  write('mine.mjs', text);
  expect(load(specifiers, '0', { blocks: ['x', 'y'] }).message).toContain(message);
  expect(load(specifiers, '0', { blocks: ['x', 'y'] }).message?.startsWith(folder)).toBe(true);
});

test('loadPlugins(specifiers, directory) names both modules that bring a thing of one name', () => {
  write('one.mjs', 'export const stems = { mine: () => 1 };');
  write('two.mjs', 'export const stems = { mine: () => 1 }; export const blocks = { mine: () => 1 };');
  expect(load(['./one.mjs', './two.mjs']).message).toBe(
    `${join(folder, 'two.mjs')}: stems.mine: ${join(folder, 'one.mjs')} brings a stem of this name (valid: another name)`,
  );
});

test.each([
  ['no-such-package', 'no package "no-such-package" is installed in '],
  ['node:fs', 'no package "node:fs" is installed in '],
])('loadPlugins([%j], directory) says where it was looked for', (specifier, message) => {
  expect(load([specifier]).message).toContain(`${message}${folder} or above`);
});

const typescript = 'export const blocks: Record<string, (x: number) => number> = { mine: (x: number) => x };';
const stripsTypes = Boolean((process.features as { typescript?: unknown }).typescript);

test('loadPlugins(specifiers, directory) loads TypeScript where Node.js can, and says so where it cannot', () => {
  write('mine.ts', typescript);
  const answer = load(['./mine.ts'], 'Object.keys(extensions.blocks)');
  if (stripsTypes) expect(answer.value).toEqual(['mine']);
  else {
    expect(answer.message).toBe(
      `${join(folder, 'mine.ts')}: is TypeScript, which Node.js ${process.version} does not load (valid: a .mjs file, or Node.js 22.18, 23.6 or newer)`,
    );
  }
});

test.each([
  ['extensions.engines.mine.load(2)', 'engines.mine: no driver'],
  ['extensions.datasets.mine.load({}, {})', 'datasets.mine: no images'],
  ['extensions.distributions.mine.sampler({})()', 'distributions.mine: no draw'],
  ['extensions.evaluators.served({}, {}).then((one) => one.evaluate({}, {}))', 'evaluators.served: no answer'],
])('what %s throws names the module, its line, the kind and the name', (call, message) => {
  write(
    'mine.mjs',
    `// What fails stands below.
     const fail = (message) => { throw new Error(message); };
     export const engines = { mine: { load: () => fail('no driver') } };
     export const datasets = { mine: { describe() {}, async load() { fail('no images'); } } };
     export const distributions = { mine: { valueCount() {}, sampler: () => () => fail('no draw') } };
     export const evaluators = {
       served: async () => ({ description: 'a server', evaluate: async () => fail('no answer'), close() {} }),
     };`,
  );
  expect(load(['./mine.mjs'], call).message).toBe(`${join(folder, 'mine.mjs')}:2: ${message}`);
});

test('what a plugin throws that is no error is its reason', () => {
  write('mine.mjs', "export const evaluators = { mine: () => Promise.reject('no server') };");
  expect(load(['./mine.mjs'], 'extensions.evaluators.mine({}, {})').message).toBe(
    `${join(folder, 'mine.mjs')}: evaluators.mine: no server`,
  );
});

test.each([
  [
    'an engine that is none',
    "engines = { mine: { load: () => ({ available: true, engine: { name: 'mine' } }) } }",
    'extensions.engines.mine.load(1)',
    'engines.mine: engine.numerics is missing (valid: text)',
  ],
  [
    'an engine without a reason why it is not there',
    "engines = { mine: { load: async () => ({ available: false, name: 'mine' }) } }",
    'extensions.engines.mine.load(1)',
    'engines.mine: reason is missing (valid: text)',
  ],
  [
    'an evaluator that is none',
    'evaluators = { mine: async () => 3 }',
    'extensions.evaluators.mine({}, {})',
    'evaluators.mine: what it gives is a number (valid: an object)',
  ],
  [
    'figures that are no list',
    'figures = { mine: () => ({}) }',
    'extensions.figures.mine({}, {})',
    'figures.mine: gives an object (valid: a list)',
  ],
  [
    'a promise of figures',
    "figures = { mine: async () => { throw new Error('later'); } }",
    'extensions.figures.mine({}, {})',
    'figures.mine: gives a promise (valid: a function that is not async)',
  ],
  [
    'evidence that is none',
    "claims = { mine: { statement: 'a', source: 'b', evidence: () => [{ where: 'x', statistic: 'mean', unit: '', test: 't', margin: 0 }] } }",
    'extensions.claims.mine.evidence({})',
    'claims.mine: falseP is missing (valid: a number)',
  ],
])('a plugin that gives %s is named', (_, exported, call, message) => {
  write('mine.mjs', `export const ${exported};`);
  expect(load(['./mine.mjs'], call).message).toBe(`${join(folder, 'mine.mjs')}: ${message}`);
});

test('loadPlugins(specifiers, directory, taken, check) names the module of which the check complains', () => {
  write('one.mjs', 'export const blocks = { one: () => 1 };');
  write('two.mjs', 'export const blocks = { two: () => 2 };');
  const check = "({ blocks }) => { if ('two' in blocks) throw new Error('no ' + Object.keys(blocks)); }";
  expect(load(['./one.mjs', './two.mjs'], '0', {}, check).message).toBe(`${join(folder, 'two.mjs')}: no two`);
});

test('a failing block of a plugin is named once, with module, block, layer and shapes', () => {
  write(
    'silu.mjs',
    `export const blocks = {
       silu: (builder, input, { width, stride }) => {
         const x = builder.batchNorm('a_bn', builder.conv('a', input, width, { kernel: 3, stride }));
         return builder.scale('a_af', x, builder.sigmoid('a_sig', x));
       },
       own: () => { throw new Error('no such width'); },
     };`,
  );
  const builderFile = new URL('../../model-builder/dist/index.js', import.meta.url).href;
  const check = (name: string): string =>
    `import(${JSON.stringify(builderFile)}).then(({ checkArchitecture }) => checkArchitecture({ blocks: { ${name}: extensions.blocks.${name} }, stems: {} }))`;
  const title = (name: string, line: number): string =>
    `${join(folder, 'silu.mjs')}:${line}: block "${name}" of width 64 and stride 1, behind 64 channels`;
  expect(load(['./silu.mjs'], check('silu')).message).toBe(
    `${title('silu', 4)}, layer s1.b1.a_af: got factors [64, 14, 14] for [64, 14, 14] (valid: [64, 1, 1])`,
  );
  expect(load(['./silu.mjs'], check('own')).message).toBe(`${title('own', 6)}, s1.b1: no such width`);
});
