import { describe, expect, test } from '@jest/globals';
import { parseConfig } from '@netspace/config-file';
import { InvalidInputError } from '@netspace/contracts';
import { z } from 'zod';
import { defineDesignSpace, designSpaceNames, designSpaceSchema, findDesignSpace } from './index.js';

const parse = (text: string): unknown => parseConfig(text, 'space.yaml', designSpaceSchema());

const whole = `name: mine
kind: anynet
block: x
stages: 2
parameters:
  d: { distribution: uniform, low: 1, high: 4, quantum: 1 }
  w: { distribution: log_uniform, low: 8, high: 64, quantum: 8 }
  b: { value: 1 }
  g: { value: 8 }
`;

describe('the shipped spaces', () => {
  test('are the ladder of the paper, the RegNets and their refinement', () => {
    expect(designSpaceNames).toEqual([
      ...['AnyNetX-A', 'AnyNetX-B', 'AnyNetX-C', 'AnyNetX-D', 'AnyNetX-E'],
      ...['RegNetX', 'RegNetX-constrained', 'RegNetY'],
    ]);
  });

  test.each([
    ['AnyNetX-A', [], []],
    ['AnyNetX-B', ['b'], []],
    ['AnyNetX-C', ['b', 'g'], []],
    ['AnyNetX-D', ['b', 'g'], ['w']],
    ['AnyNetX-E', ['b', 'g'], ['w', 'd']],
  ])('%s shares %j and orders %j', (name, shared, nondecreasing) => {
    expect(findDesignSpace(name)).toMatchObject({ shared, nondecreasing, block: 'x', stages: { low: 4, high: 4 } });
  });

  test('RegNetX-constrained has b = 1, 12 to 28 blocks and w_m of at least 2 (paper, section 4)', () => {
    expect(findDesignSpace('RegNetX-constrained').parameters).toMatchObject({
      b: { value: 1 },
      depth: { low: 12, high: 28 },
      w_m: { low: 2, high: 3 },
    });
  });

  test('an unknown name lists the known ones', () => {
    expect(() => findDesignSpace('GhostNet')).toThrow(/^got "GhostNet" \(valid: AnyNetX-A, AnyNetX-B, .*RegNetY\)$/);
  });

  test('a misspelt name is told which one may be meant', () => {
    expect(() => findDesignSpace('anynetx-e')).toThrow(
      'got "anynetx-e"; did you mean "AnyNetX-E"? (valid: AnyNetX-A, ',
    );
  });
});

describe('a definition', () => {
  test('of its own is completed with defaults', () => {
    expect(parse(whole)).toEqual({
      ...{ name: 'mine', description: '', kind: 'anynet', block: 'x', squeezeExcitationRatio: 0 },
      stages: { low: 2, high: 2 },
      strides: 2,
      parameters: {
        d: { distribution: 'uniform', low: 1, high: 4, quantum: 1 },
        w: { distribution: 'log_uniform', low: 8, high: 64, quantum: 8 },
        b: { value: 1 },
        g: { value: 8 },
      },
      ...{ shared: [], nondecreasing: [], constraints: [] },
    });
  });

  test('that extends another changes what it names and adds to the lists', () => {
    const text = `name: mine
extends: AnyNetX-D
block: r
stages: [3, 5]
strides: [1, 2, 2, 2, 2]
parameters:
  w: { high: 256 }
  b: { value: 1 }
nondecreasing: [d]
constraints: ["w[2] > w[1]"]
`;
    const base = findDesignSpace('AnyNetX-D');
    expect(parse(text)).toEqual({
      ...base,
      ...{
        name: 'mine',
        description: '',
        block: 'r',
        stages: { low: 3, high: 5 },
        strides: [1, 2, 2, 2, 2],
      },
      parameters: { ...base.parameters, w: { ...base.parameters.w, high: 256 }, b: { value: 1 } },
      nondecreasing: ['w', 'd'],
      constraints: ['w[2] > w[1]'],
    });
  });

  test('inherits no description', () => {
    expect(defineDesignSpace({ name: 'mine', extends: 'AnyNetX-D' }).description).toBe('');
  });

  test('inside a larger file is placed in that file', () => {
    const study = z.strictObject({ spaces: z.array(z.union([z.string(), designSpaceSchema()])) });
    const text = 'spaces:\n  - RegNetX\n  - name: mine\n    extends: RegNetX\n    parameters: { w_m: { low: 4 } }\n';
    expect(() => parseConfig(text, 'study.yaml', study)).toThrow(
      'study.yaml:5: spaces[1].parameters.w_m.low: got 4, above high (valid: at most 3)',
    );
  });

  const regnet = 'name: mine\nextends: RegNetX\n';
  const anynet = 'name: mine\nextends: AnyNetX-B\n';
  test.each([
    ['an unknown base', 'name: a\nextends: B\n', 'space.yaml:2: extends: got "B" (valid: AnyNetX-A, AnyNetX-B, '],
    ['no kind', 'name: a\nblock: x\n', 'space.yaml:1: kind: missing (valid: anynet, regnet, or a space to extend)'],
    ['another kind', `${regnet}kind: anynet\n`, 'space.yaml:3: kind: got anynet (valid: regnet, the kind of RegNetX)'],
    ['no block', whole.replace('block: x\n', ''), 'space.yaml:1: block: missing (valid: the name of a block type, '],
    ['no stages', whole.replace('stages: 2\n', ''), 'space.yaml:1: stages: missing (valid: an integer of at least 1, '],
    [
      '0 stages',
      whole.replace('stages: 2', 'stages: 0'),
      'space.yaml:4: stages: got 0 (valid: a number of at least 1)',
    ],
    [
      'a range upside down',
      whole.replace('stages: 2', 'stages: [3, 2]'),
      'space.yaml:4: stages[0]: got 3, above the high end (valid: at most 2)',
    ],
    ['a stride of 3', `${anynet}strides: 3\n`, 'space.yaml:3: strides: got 3 (valid: 1, 2, or a list)'],
    [
      'too few strides',
      `${anynet}strides: [1, 2]\n`,
      'space.yaml:3: strides: got 2 strides (valid: one for each of 4 stages)',
    ],
    [
      'an unknown key',
      `${anynet}order: [w]\n`,
      'space.yaml:3: order: unknown key (valid: name, description, extends, kind, block, ',
    ],
    [
      'a misspelt base',
      'name: a\nextends: AnyNetXE\n',
      'space.yaml:2: extends: got "AnyNetXE"; did you mean "AnyNetX-E"? (valid: AnyNetX-A, AnyNetX-B, ',
    ],
    [
      'a misspelt key',
      `${anynet}nondecreasin: [w]\n`,
      'space.yaml:3: nondecreasin: unknown key; did you mean "nondecreasing"? (valid: name, ',
    ],
    [
      'a misspelt parameter',
      `${regnet}parameters:\n  dept: { low: 8 }\n`,
      'space.yaml:4: parameters.dept: unknown parameter; did you mean "depth"? (valid: depth, w_0, w_a, w_m, b, g)',
    ],
    [
      'a misspelt distribution',
      whole.replace('log_uniform', 'loguniform'),
      'space.yaml:7: parameters.w.distribution: got "loguniform"; did you mean "log_uniform"? (valid: uniform, ',
    ],
    [
      'strides of another number of stages',
      'name: a\nextends: AnyNetX-A\nstages: 5\nstrides: [1, 2, 2, 2]\n',
      'space.yaml:4: strides: got 4 strides (valid: one for each of 5 stages)',
    ],
    [
      'an unknown parameter',
      `${anynet}parameters:\n  w_0: { low: 8 }\n`,
      'space.yaml:4: parameters.w_0: unknown parameter (valid: d, w, b, g)',
    ],
    [
      'a missing parameter',
      whole.replace('  g: { value: 8 }\n', ''),
      'space.yaml:5: parameters.g: missing (valid: the group width in channels)',
    ],
    ['a missing bound', whole.replace('high: 64, ', ''), 'space.yaml:7: parameters.w.high: missing (valid: a number)'],
    [
      'a missing distribution',
      whole.replace('distribution: uniform, ', ''),
      'space.yaml:6: parameters.d.distribution: missing (valid: uniform, log_uniform, ',
    ],
    [
      'an unknown distribution',
      whole.replace('log_uniform', 'gamma'),
      'space.yaml:7: parameters.w.distribution: got "gamma" (valid: uniform, log_uniform, power2_uniform, ',
    ],
    [
      'low above high',
      `${anynet}parameters:\n  w:\n    low: 2048\n`,
      'space.yaml:5: parameters.w.low: got 2048, above high (valid: at most 1024)',
    ],
    [
      'a bound off the quantum',
      `${anynet}parameters:\n  w: { high: 100 }\n`,
      'space.yaml:4: parameters.w.high: got 100 (valid: a multiple of the quantum, 8)',
    ],
    [
      'no power of 2',
      `${anynet}parameters:\n  g: { high: 24 }\n`,
      'space.yaml:4: parameters.g.high: got 24 (valid: a power of 2)',
    ],
    [
      'log_uniform from 0',
      `${anynet}parameters:\n  w: { low: 0 }\n`,
      'space.yaml:4: parameters.w.low: got 0 (valid: a number above 0)',
    ],
    [
      'a negative quantum',
      `${anynet}parameters:\n  w: { quantum: -8 }\n`,
      'space.yaml:4: parameters.w.quantum: got -8 (valid: a number above 0)',
    ],
    [
      'half a block',
      `${anynet}parameters:\n  d: { quantum: 0.5 }\n`,
      'space.yaml:4: parameters.d.quantum: got 0.5 (valid: a multiple of 1)',
    ],
    [
      'a w_0 off 8',
      `${regnet}parameters:\n  w_0: { value: 20 }\n`,
      'space.yaml:4: parameters.w_0.value: got 20 (valid: a multiple of 8)',
    ],
    [
      'a w_m of 1',
      `${regnet}parameters:\n  w_m: { value: 1 }\n`,
      'space.yaml:4: parameters.w_m.value: got 1 (valid: a number above 1)',
    ],
    [
      'a value and a bound',
      `${anynet}parameters:\n  w: { value: 8, low: 8 }\n`,
      'space.yaml:4: parameters.w: got low, value together (valid: a distribution, or value, or equals)',
    ],
    [
      'equal to nothing',
      `${regnet}parameters:\n  w_a: { equals: w }\n`,
      'space.yaml:4: parameters.w_a.equals: got "w" (valid: depth, w_0, w_m, b, g)',
    ],
    [
      'equal to itself',
      `${regnet}parameters:\n  w_a: { equals: w_a }\n`,
      'space.yaml:4: parameters.w_a.equals: got "w_a" (valid: depth, ',
    ],
    [
      'equal to a finer one',
      `${regnet}parameters:\n  w_0: { equals: w_a }\n`,
      'space.yaml:4: parameters.w_0.equals: got w_a, whose high is 255.9 (valid: a multiple of 8)',
    ],
    [
      'shared equal to not shared',
      `${anynet}parameters:\n  b: { equals: d }\n`,
      'space.yaml:4: parameters.b.equals: got "d" (valid: no other)',
    ],
    ['an unknown shared', `${anynet}shared: [h]\n`, 'space.yaml:3: shared[0]: got "h" (valid: d, w, b, g)'],
    [
      'order of what is shared',
      `${anynet}nondecreasing: [w, b]\n`,
      'space.yaml:3: nondecreasing[1]: got "b", the same in all stages (valid: d, w, g)',
    ],
    [
      'order in a RegNet',
      `${regnet}nondecreasing: [w]\n`,
      'space.yaml:3: nondecreasing[0]: got "w" (valid: nothing: its stages follow from the rule)',
    ],
    [
      'an unknown symbol',
      `${anynet}constraints:\n  - d[1] > 1\n  - width > 8\n`,
      'space.yaml:5: constraints[1]: "width > 8": there is no width here (valid: d, w, b, g, stages, depth, flops, params, acts)',
    ],
    [
      'a syntax error',
      `${anynet}constraints: ["w[1 > 8"]\n`,
      'space.yaml:3: constraints[0]: "w[1 > 8": does not parse: ',
    ],
    [
      'a stage too many',
      `${anynet}constraints: ["w[5] > 8"]\n`,
      'space.yaml:3: constraints[0]: "w[5] > 8": cannot be evaluated: Index out of range (5 > 4)',
    ],
    [
      'a number',
      `${anynet}constraints: ["w[1] + 8"]\n`,
      'space.yaml:3: constraints[0]: "w[1] + 8": is neither true nor false (valid: a comparison of numbers)',
    ],
    [
      'an unsafe expression',
      `${anynet}constraints: ["import(1)"]\n`,
      'space.yaml:3: constraints[0]: "import(1)": import(1) is not allowed (valid: numbers, names, ',
    ],
  ])('with %s is refused with file, line, key, value and what is valid', (_, text, message) => {
    expect(() => parse(text)).toThrow(InvalidInputError);
    expect(() => parse(text)).toThrow(message);
  });
});

test('defineDesignSpace names the key', () => {
  expect(() => defineDesignSpace({ name: 'a', extends: 'RegNetX', parameters: { w_m: { high: 1 } } })).toThrow(
    'parameters.w_m.low: got 1.5, above high (valid: at most 1)',
  );
});
