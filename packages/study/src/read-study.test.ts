import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { recipeSchema } from '@netspace/trainer';
import { pluginText, smallStudy, StudyFolder } from './fixtures/study-folder.js';
import { armsOf, newStudyText, readStudy, replicatesOf, type Study } from './index.js';

let folder: StudyFolder;
beforeEach(() => {
  folder = new StudyFolder();
});
afterEach(() => folder.remove());

const armNames = (study: Study): string[] => armsOf(study).map(({ name }) => name);
const settingNames = (study: Study): string[] => study.settings.map(({ name }) => name);

/** The small study without one of its lines, and with others. */
const without = (key: string, ...added: string[]): string =>
  [...smallStudy.split('\n').filter((line) => line !== '' && !line.startsWith(`${key}:`)), ...added, ''].join('\n');
const withLines = (...lines: string[]): string => `${smallStudy}${lines.join('\n')}\n`;

describe('readStudy(file) of one setting', () => {
  test('fills in defaults, and its arms have the names of the spaces', async () => {
    const study = await folder.read(smallStudy);
    expect(study).toMatchObject({ name: 'small', seed: 1, networks: 4, replicates: 1, engine: 'auto', plugins: [] });
    expect(study.evaluator).toEqual({ kind: 'train' });
    expect(armNames(study)).toEqual(['AnyNetX-A', 'RegNetX']);
    const [setting] = study.settings;
    expect(setting).toMatchObject({ name: 'base', stem: { type: 'res_stem_cifar', width: 8 } });
    expect(setting!.regime).toEqual({ flops: { low: 20_000, high: 80_000 } });
    expect(setting!.recipe).toEqual(recipeSchema.parse({ epochs: 1, batchSize: 16 }));
  });

  test.each(['quickstart', 'cifar10'])('studies/%s.yaml is read', async (name) => {
    const study = await readStudy(`../../studies/${name}.yaml`);
    expect(armNames(study)).toEqual(['AnyNetX-A', 'RegNetX']);
    expect(study.settings[0]!.dataset.name).toBe(name === 'cifar10' ? 'cifar10' : 'mnist');
  });

  test('studies/precisions.yaml has the arms of quickstart.yaml in settings that differ in precision and storage alone', async () => {
    const [precisions, quickstart] = [
      await readStudy('../../studies/precisions.yaml'),
      await readStudy('../../studies/quickstart.yaml'),
    ];
    const { name, recipe, ...own } = quickstart.settings[0]!;
    expect(name).toBe('base');
    const changed = [
      ['float32', { precision: 'float32' }],
      ['bfloat16', { precision: 'bfloat16' }],
      ['float32 stored in bfloat16', { storage: 'bfloat16' }],
      ['bfloat16 throughout', { precision: 'bfloat16', storage: 'bfloat16' }],
    ] as const;
    expect(precisions.settings).toEqual(
      changed.map(([setting, changes]) => ({ ...own, name: setting, recipe: { ...recipe, ...changes } })),
    );
    expect([precisions.seed, precisions.networks]).toEqual([quickstart.seed, quickstart.networks]);
  });

  test('newStudyText(name) is a study that is read as it stands', async () => {
    const study = await folder.read(newStudyText('1e3'));
    expect(study.name).toBe('1e3');
    expect(armNames(study)).toEqual(['AnyNetX-A', 'RegNetX']);
  });

  test('newStudyText(name): what it keeps in comments is valid too', async () => {
    const text = newStudyText('all')
      .replace(/^# settings:\n# {3}- [\s\S]*$/m, '')
      .replace(
        /^( *)# (-|params|replicates|replicated|compare|matched|claims|stop|settings| {2}(?:block|recipe)| *learningRate)/gm,
        '$1$2',
      )
      .replace('  - ./my-space.yaml\n', '');
    const study = await folder.read(text);
    expect(study).toMatchObject({ replicates: 3, replicated: 8, matched: true, stop: { halfWidth: 1 } });
    expect(study.settings).toHaveLength(4);
    expect(study.settings[3]!.spaces.map(({ name }) => name)).toEqual(['AnyNetX-A', 'RegNetX', 'RegNetX-narrow']);
  });
});

describe('readStudy(file): regime', () => {
  test.each([
    ['[1M, 2.5M]', { low: 1e6, high: 2.5e6 }],
    ['[600k, 1e6]', { low: 6e5, high: 1e6 }],
    ['{ max: 50e6 }', { low: 0, high: 50e6 }],
    ['{ min: 4M }', { low: 4e6, high: Number.MAX_SAFE_INTEGER }],
    ['{ min: 1G, max: 2G }', { low: 1e9, high: 2e9 }],
  ])('flops: %s', async (text, range) => {
    const study = await folder.read(without('regime', `regime: { flops: ${text} }`));
    expect(study.settings[0]!.regime).toEqual({ flops: range });
  });

  test.each([
    ['[2M, 1M]', 'study.yaml:7: regime.flops: the low end is above the high end'],
    ['{ min: 2M, max: 1M }', 'study.yaml:7: regime.flops: the low end is above the high end'],
    ['[1M]', 'study.yaml:7: regime.flops'],
    ['{ least: 1M }', 'study.yaml:7: regime.flops.least: unknown key (valid: min, max)'],
    ['[-1, 1M]', 'study.yaml:7: regime.flops[0]: got -1'],
  ])('flops: %s is refused', async (text, message) => {
    expect(await folder.refusal(without('regime', `regime: { flops: ${text} }`))).toContain(message);
  });

  test('a list of regimes is a setting for each, named by its limits', async () => {
    const study = await folder.read(
      without('regime', 'regime:', '  - { flops: [1M, 2M] }', '  - { flops: [2M, 4M], params: { max: 100k } }'),
    );
    expect(settingNames(study)).toEqual(['flops=1M-2M', 'flops=2M-4M, params=up to 100k']);
    expect(armNames(study)).toContain('flops=1M-2M/RegNetX');
    expect(study.settings[1]!.regime).toEqual({ flops: { low: 2e6, high: 4e6 }, params: { low: 0, high: 1e5 } });
  });
});

describe('readStudy(file): settings', () => {
  test('a list: each changes what it names, maps key by key', async () => {
    const study = await folder.read(
      withLines(
        'settings:',
        '  - { name: base }',
        '  - { name: long, recipe: { epochs: 9, optimizer: { momentum: 0.8 } }, stem: { width: 16 } }',
      ),
    );
    expect(armNames(study)).toEqual(['base/AnyNetX-A', 'base/RegNetX', 'long/AnyNetX-A', 'long/RegNetX']);
    const [base, long] = study.settings;
    expect(long!.stem).toEqual({ type: 'res_stem_cifar', width: 16 });
    expect(long!.recipe).toEqual({
      ...base!.recipe,
      epochs: 9,
      optimizer: { ...base!.recipe.optimizer, momentum: 0.8 },
    });
    expect([long!.regime, long!.dataset, long!.spaces]).toEqual([base!.regime, base!.dataset, base!.spaces]);
  });

  test('a matrix: every combination, the last key fastest, named by its values', async () => {
    const study = await folder.read(
      without(
        'regime',
        'settings:',
        '  block: [x, vr]',
        '  regime: [{ flops: [1M, 2M] }, { flops: [2M, 4M] }]',
        '  recipe.precision: [float32, bfloat16]',
      ),
    );
    expect(settingNames(study)).toEqual(
      ['x', 'vr'].flatMap((block) =>
        ['1M-2M', '2M-4M'].flatMap((flops) =>
          ['float32', 'bfloat16'].map((precision) => `block=${block}, flops=${flops}, precision=${precision}`),
        ),
      ),
    );
    const last = study.settings.at(-1)!;
    expect(last.regime.flops!.high).toBe(4e6);
    expect(last.recipe).toMatchObject({ epochs: 1, precision: 'bfloat16' });
    expect(last.spaces.map(({ name, block }) => [name, block])).toEqual([
      ['AnyNetX-A', 'vr'],
      ['RegNetX', 'vr'],
    ]);
  });

  test('a list whose base has a list of regimes: each setting for each regime', async () => {
    const study = await folder.read(
      without(
        'regime',
        'regime: [{ flops: [1M, 2M] }, { flops: [2M, 4M] }]',
        'settings: [{ name: a }, { name: b, regime: { flops: [1, 2] } }]',
      ),
    );
    expect(settingNames(study)).toEqual(['a, flops=1M-2M', 'a, flops=2M-4M', 'b']);
  });

  test('a dataset of another name and a learning rate of another schedule begin anew', async () => {
    const study = await folder.read(
      withLines(
        'settings:',
        '  - { name: less, dataset: { trainImages: 32 } }',
        '  - { name: other, dataset: { name: mnist, trainImages: 320 } }',
        '  - { name: step, recipe: { learningRate: { schedule: step, epochs: [1] } } }',
      ).replace('batchSize: 16', 'batchSize: 16, learningRate: { schedule: linear, minimumFactor: 0.5 }'),
    );
    const [less, other, step] = study.settings;
    expect(less!.dataset).toMatchObject({ name: 'synthetic', classes: 4, trainImages: 32 });
    expect(other!.dataset).toMatchObject({ name: 'mnist', trainImages: 320 });
    expect(Object.keys(other!.dataset)).not.toContain('classes');
    expect(step!.recipe.learningRate).toEqual({ schedule: 'step', base: 0.1, epochs: [1], factor: 0.1 });
  });

  test('stages and block change every space, and nothing else of it', async () => {
    const study = await folder.read(withLines('settings: [{ name: own }, { name: three, stages: 3, block: vr }]'));
    const [own, three] = study.settings;
    const changed = { stages: { low: 3, high: 3 }, block: 'vr' };
    expect(three!.spaces).toEqual(own!.spaces.map((space) => ({ ...space, ...changed })));
  });

  test('imageSize is the size of the images of a dataset that can be resized', async () => {
    const study = await folder.read(withLines('settings: { imageSize: [8, 16] }'));
    expect(settingNames(study)).toEqual(['imageSize=8', 'imageSize=16']);
    expect(study.settings.map(({ dataset }) => dataset.imageSize)).toEqual([8, 16]);
  });

  test.each([
    [
      'images with a size of their own',
      'settings: [{ name: a, dataset: { name: mnist }, imageSize: 32 }]',
      'study.yaml:8: settings[0].imageSize: the images of mnist have a size of their own (valid: a dataset whose imageSize can be chosen)',
    ],
    [
      'a misspelt key',
      'settings: [{ name: a, recpie: { epochs: 2 } }]',
      'study.yaml:8: settings[0].recpie: unknown key; did you mean "recipe"?',
    ],
    [
      'a misspelt inner key',
      'settings: [{ name: a }, { name: b, recipe: { epochz: 2 } }]',
      'study.yaml:8: settings[1].recipe.epochz: unknown key; did you mean "epochs"? (valid: epochs, batchSize,',
    ],
    [
      'a misspelt axis',
      'settings: { recipe.precison: [float32] }',
      'study.yaml:8: settings.recipe.precison: unknown key; did you mean "precision"?',
    ],
    [
      'an axis that is none',
      'settings: { blok: [x] }',
      'study.yaml:8: settings.blok: unknown key; did you mean "block"?',
    ],
    [
      'no map',
      'settings: { recipe: [3] }',
      'study.yaml:8: settings.recipe[0]: got 3 (valid: a map of the keys epochs, batchSize,',
    ],
    [
      'a bad value',
      'settings: { recipe.epochs: [1, 0] }',
      'study.yaml:8: settings.recipe.epochs[1]: got 0 (valid: a number of at least 1)',
    ],
    [
      'a block that is none',
      'settings: [{ name: a, block: vrr }]',
      'study.yaml:8: settings[0].block: got "vrr"; did you mean "vr"?',
    ],
    [
      'an impossible number of stages',
      'settings: [{ name: a, stages: 0 }]',
      'study.yaml:8: settings[0].stages: got 0 (valid: a number of at least 1',
    ],
    [
      'names that differ in case alone',
      'settings: [{ name: Base }, { name: base }]',
      'study.yaml:8: settings: "base" is there twice',
    ],
    ['values that are the same', 'settings: { block: [x, x] }', 'study.yaml:8: settings: "block=x" is there twice'],
    ['a name that is no file', 'settings: [{ name: ../a }]', 'study.yaml:8: settings[0].name: got "../a"'],
    ['an empty list', 'settings: []', 'study.yaml:8: settings'],
    [
      'a value that makes no name',
      `settings: { stem.type: [${'x'.repeat(100)}] }`,
      'is no name (valid: a list of settings with names: at most 100 characters)',
    ],
  ])('%s is refused at its place', async (_, line, message) => {
    expect(await folder.refusal(withLines(line))).toContain(message);
  });

  test('what the base says wrong is told there', async () => {
    const text = withLines('settings: [{ name: a }, { name: b, block: vr }]').replace('epochs: 1', 'epochs: 0');
    expect(await folder.refusal(text)).toBe('study.yaml:7: recipe.epochs: got 0 (valid: a number of at least 1)');
  });
});

describe('readStudy(file): names', () => {
  test.each(['..', '.', '../../x', 'a/b', 'a\\b', 'CON', 'nul.txt', 'a.', '', '-x', 'a:b', 'x'.repeat(101)])(
    'name: %j is refused',
    async (name) => {
      const message = `study.yaml:7: name: got ${JSON.stringify(name)} (valid: `;
      expect(await folder.refusal(without('name', `name: ${JSON.stringify(name)}`))).toContain(message);
    },
  );

  test.each(['a', 'v1.2_b-c', 'console', 'AnyNetX-A'])('name: %j is taken', async (name) => {
    expect((await folder.read(without('name', `name: ${name}`))).name).toBe(name);
  });

  test('a space whose name is a path is refused', async () => {
    const text = without('spaces', 'spaces:', '  - name: "../../evil"', '    extends: AnyNetX-A');
    expect(await folder.refusal(text)).toContain('study.yaml:8: spaces[0].name: got "../../evil" (valid: ');
  });

  test('spaces whose names differ in case alone are refused', async () => {
    const text = without('spaces', 'spaces: [RegNetX, { name: regnetx, extends: RegNetX }]');
    expect(await folder.refusal(text)).toContain('study.yaml:7: spaces: "regnetx" is there twice');
  });

  test.each([
    ['a space', without('spaces', 'spaces: [RegNetX, RegNotX]'), 'study.yaml:7: spaces[1]: got "RegNotX"'],
    [
      'a dataset',
      without('dataset', 'dataset: { name: mist }'),
      'study.yaml:7: dataset.name: got "mist"; did you mean "mnist"?',
    ],
    [
      'a stem',
      without('stem', 'stem: { type: res_stem_cifra }'),
      'study.yaml:7: stem.type: got "res_stem_cifra"; did you mean "res_stem_cifar"?',
    ],
    ['an engine', withLines('engine: natve'), 'study.yaml:8: engine: got "natve"; did you mean "native"?'],
    [
      'a block',
      without('spaces', 'spaces: [{ name: a, extends: RegNetX, block: bsic }]'),
      'study.yaml:7: spaces[0].block: got "bsic"; did you mean "basic"?',
    ],
    [
      'a distribution',
      without('spaces', 'spaces: [{ name: a, extends: AnyNetX-A, parameters: { w: { distribution: unform } } }]'),
      'did you mean "uniform"?',
    ],
    ['an evaluator', withLines('evaluator: { name: lookup }'), 'study.yaml:8: evaluator.name: got "lookup"'],
    [
      'a claim',
      withLines('claims: [depth-is-stable, regnet-looses-nothing]'),
      'study.yaml:8: claims[1]: got "regnet-looses-nothing"; did you mean "regnet-loses-nothing"?',
    ],
    ['a comparison', withLines('compare: frst'), 'study.yaml:8: compare: got "frst"; did you mean "first"?'],
    ['a key', withLines('replicate: 2'), 'study.yaml:8: replicate: unknown key'],
  ])('%s that is not known: what is, and what may be meant', async (_, text, message) => {
    expect(await folder.refusal(text)).toContain(message);
  });

  test('--engine is checked as the key is', async () => {
    expect(await folder.refusal(smallStudy, { engine: 'natve' })).toContain(
      '--engine: got "natve"; did you mean "native"?',
    );
    expect((await folder.read(smallStudy, { engine: 'reference' })).engine).toBe('reference');
  });
});

describe('readStudy(file): what is computed, and of how many trainings', () => {
  test('where nothing is said, each space is compared with the first, and every claim is decided', async () => {
    const study = await folder.read(smallStudy);
    expect(study).toMatchObject({ compare: 'first', matched: false, claims: 'all' });
    expect(['replicated', 'stop'].filter((key) => Object.hasOwn(study, key))).toEqual([]);
  });

  test('what is said is kept, with defaults', async () => {
    const study = await folder.read(
      withLines(
        ...['replicates: 2', 'replicated: 25', 'compare: predecessor', 'matched: true'],
        ...['claims: [depth-is-stable]', 'stop: { halfWidth: 1.5 }'],
      ),
    );
    expect(study).toMatchObject({
      ...{ replicates: 2, replicated: 25, compare: 'predecessor', matched: true },
      ...{ claims: ['depth-is-stable'], stop: { halfWidth: 1.5, confidence: 0.95 } },
    });
  });

  test('a claim of a plugin is known by its name', async () => {
    folder.write(
      'mine.mjs',
      "export const claims = { mine: { statement: 'Mine.', source: 'here', evidence: () => [] } };",
    );
    const study = await folder.read(withLines('plugins: [./mine.mjs]', 'claims: [mine, depth-is-stable]'));
    expect(study.claims).toEqual(['mine', 'depth-is-stable']);
    expect(study.plugins[0]!.provides).toEqual(['claim mine']);
  });

  test('a plugin may not call its figure as one that netspace draws', async () => {
    folder.write('mine.mjs', "export const figures = { 'error-edf': () => [] };");
    expect(await folder.refusal(withLines('plugins: [./mine.mjs]'))).toBe(
      'mine.mjs: figures.error-edf: netspace ships a figure of this name (valid: another name)',
    );
  });

  test.each(['all', 'depth-is-stable'])('a plugin may not call its claim %s', async (name) => {
    folder.write(
      'mine.mjs',
      `export const claims = { '${name}': { statement: 'Mine.', source: 'here', evidence: () => [] } };`,
    );
    expect(await folder.refusal(withLines('plugins: [./mine.mjs]'))).toBe(
      `mine.mjs: claims.${name}: netspace ships a claim of this name (valid: another name)`,
    );
  });

  test.each([
    [['replicated: 25'], 'replicated: got 25, but every network is trained once (valid: with replicates: 2 or more)'],
    [['replicates: 2', 'replicated: 0'], 'replicated: got 0 (valid: a number of at least 1)'],
    [['latency: { engines: [nativ] }'], 'latency.engines[0]: got "nativ"'],
    [['latency: { batchSizes: [0] }'], 'latency.batchSizes[0]: got 0'],
    [['latency: { batchSizes: [4, 1, 4] }'], 'latency.batchSizes: 4 is there twice (valid: each once)'],
    [['stop: { halfWidth: 0 }'], 'stop.halfWidth: got 0 (valid: '],
    [['stop: { halfWidth: 1, confidence: 95 }'], 'stop.confidence: got 95 (valid: '],
    [['stop: { width: 1 }'], 'stop.width: unknown key (valid: halfWidth, confidence)'],
    [['matched: yes please'], 'matched: got "yes please"'],
    [['slurm: { worker: 3 }'], 'slurm.worker: unknown key; did you mean "workers"? (valid: workers, atOnce, cpus'],
    [['slurm: { partition: a b }'], 'slurm.partition: got "a b" (valid: without spaces'],
    [['claims: depth'], 'claims: got "depth" (valid: all, or a list)'],
    [['claims: [depth-is-stable, depth-is-stable]'], 'claims: "depth-is-stable" is there twice'],
  ])('%j is refused', async (lines, message) => {
    expect(await folder.refusal(withLines(...lines))).toContain(`study.yaml:${7 + lines.length}: ${message}`);
  });

  test('a rule to stop needs two spaces', async () => {
    expect(await folder.refusal(without('spaces', 'spaces: [RegNetX]', 'stop: { halfWidth: 1 }'))).toContain(
      'study.yaml:8: stop: there is one space, and nothing to compare it with',
    );
  });

  test('replicatesOf(study, index): the first networks are trained several times, the others once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 1, max: 30 }), (replicates, replicated) => {
        const trainings = Array.from({ length: 30 }, (_, index) => replicatesOf({ replicates, replicated }, index));
        expect(trainings.reduce((sum, count) => sum + count)).toBe(30 + replicated * (replicates - 1));
        expect(trainings).toEqual(trainings.toSorted((a, b) => b - a));
        expect(replicatesOf({ replicates }, replicated)).toBe(replicates);
      }),
    );
  });
});

describe('readStudy(file): YAML', () => {
  test('a value is shown as it stands in the file', async () => {
    expect(await folder.refusal(without('networks', 'networks: .inf'))).toContain('study.yaml:7: networks: got .inf');
    expect(await folder.refusal(without('networks', 'networks: 1e400'))).toContain('study.yaml:7: networks: got 1e400');
  });

  test('merge keys work in spaces', async () => {
    const study = await folder.read(
      without(
        'spaces',
        'spaces:',
        '  - &base',
        '    name: one',
        '    extends: AnyNetX-E',
        '    parameters: { b: { value: 1 } }',
        '  - <<: *base',
        '    name: two',
        '    extends: AnyNetX-D',
      ),
    );
    expect(study.settings[0]!.spaces.map(({ name, parameters }) => [name, parameters.b])).toEqual([
      ['one', { value: 1 }],
      ['two', { value: 1 }],
    ]);
  });

  test('spaces come by name, by path from the folder of the study, and as definitions that extend each other', async () => {
    folder.write('spaces/narrow.yaml', 'name: narrow\nextends: AnyNetX-E\nparameters: { w: { high: 64 } }\n');
    const study = await folder.read(
      without(
        'spaces',
        'spaces:',
        '  - { name: deep, extends: fixed, parameters: { d: { high: 8 } } }',
        '  - ./spaces/narrow.yaml',
        '  - { name: fixed, extends: ./spaces/narrow.yaml, parameters: { b: { value: 1 } } }',
        '  - AnyNetX-B',
      ),
    );
    const [deep, narrow] = study.settings[0]!.spaces;
    expect(armNames(study)).toEqual(['deep', 'narrow', 'fixed', 'AnyNetX-B']);
    expect(deep!.parameters.w).toEqual(narrow!.parameters.w);
    expect([deep!.parameters.b, deep!.parameters.d]).toMatchObject([{ value: 1 }, { high: 8 }]);
  });
});

describe('readStudy(file): plugins and evaluators', () => {
  const space = 'spaces: [{ name: own, extends: AnyNetX-E, block: plain }]';

  test('plugins are meant from the folder of the study, and their blocks are known to spaces and settings', async () => {
    folder.write('blocks/plain.mjs', pluginText('plain'));
    const study = await folder.read(without('spaces', space, 'plugins: [./blocks/plain.mjs]'));
    expect(study.plugins).toEqual([
      { specifier: './blocks/plain.mjs', hash: expect.stringMatching(/^[0-9a-f]{64}$/), provides: ['block plain'] },
    ]);
    expect(Object.keys(study.loaded.extensions.blocks)).toEqual(['plain']);
  });

  test('further plugins of the command line are meant from the current folder', async () => {
    const file = folder.write('elsewhere/plain.mjs', pluginText('plain'));
    const study = await folder.read(without('spaces', space), { plugins: [file] });
    expect(study.plugins.map(({ specifier, provides }) => [specifier, provides])).toEqual([
      ['./elsewhere/plain.mjs', ['block plain']],
    ]);
  });

  test('a block that cannot be built is refused when it is read', async () => {
    folder.write('plain.mjs', pluginText('plain').replace('input, width,', 'input, 7,'));
    expect(await folder.refusal(without('spaces', space, 'plugins: [./plain.mjs]'))).toMatch(/plain/);
  });

  test('a module that is not there is named by its path from the folder of the study', async () => {
    expect(await folder.refusal(withLines('plugins: [./gone.mjs]'))).toMatch(/^gone\.mjs: no such module/);
  });

  test('the key of former versions says what to write', async () => {
    expect(await folder.refusal(withLines('blocks: [./gone.mjs]'))).toBe(
      'study.yaml:8: blocks: is now written plugins (valid: plugins: [./mine.mjs], where mine.mjs has "export const blocks = { ... }" and imports nothing of netspace)',
    );
  });

  test('a program evaluates external images of which the study says the form', async () => {
    const study = await folder.read(
      without(
        'dataset',
        'dataset: { name: external, classes: 1000, channels: 3, imageSize: 224 }',
        'evaluator: { command: [python3, train.py], timeLimit: 60 }',
        'imageSize: 160',
      ),
    );
    expect(study.evaluator).toEqual({
      kind: 'command',
      command: ['python3', 'train.py'],
      timeLimit: 60,
      processes: 'each',
    });
    expect(study.settings[0]!.dataset).toEqual({ name: 'external', classes: 1000, channels: 3, imageSize: 160 });
  });

  test('an engine cannot train on external images', async () => {
    const text = without('dataset', 'dataset: { name: external, classes: 10, channels: 3, imageSize: 32 }');
    expect(await folder.refusal(text)).toContain('study.yaml:7: dataset: of external images only their form is known');
  });
});
