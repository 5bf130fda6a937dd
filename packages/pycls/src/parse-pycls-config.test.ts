import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import type { Complexity } from '@netspace/contracts';
import { complexityOf } from '@netspace/model-builder';
import { isPyclsConfig, parsePyclsConfig } from './index.js';

interface Row extends Complexity {
  readonly name: string;
  readonly config: unknown;
}

const fixture = readFileSync(new URL('fixtures/model-zoo.json', import.meta.url), 'utf8');
const { rows } = JSON.parse(fixture) as { rows: Row[] };

test.each(rows)('parsePyclsConfig reads $name with the complexity that pycls publishes', (row) => {
  const network = parsePyclsConfig(JSON.stringify(row.config), row.name);
  expect(complexityOf(network)).toEqual({ flops: row.flops, params: row.params, acts: row.acts });
});

test("parsePyclsConfig fills in pycls' defaults of an AnyNet", () => {
  const text =
    'MODEL: { TYPE: anynet }\nANYNET: { DEPTHS: [1], WIDTHS: [64], STRIDES: [2], BOT_MULS: [0.25], GROUP_WS: [8] }';
  expect(parsePyclsConfig(text, 'net.yaml')).toEqual({
    stem: { type: 'simple_stem_in', width: 32 },
    block: 'x',
    stages: [{ depth: 1, width: 64, stride: 2, bottleneckRatio: 4, groupWidth: 8 }],
    squeezeExcitationRatio: 0,
    headWidth: 0,
    classes: 10,
    imageSize: 224,
    imageChannels: 3,
  });
});

test("parsePyclsConfig fills in pycls' defaults of a RegNet", () => {
  // w_0 = 32, w_a = 5, w_m = 2.5, d = 10: s_j reaches 0.5 at u = 32 sqrt(2.5) = 50.6, so from j = 4 on; 32 * 2.5 = 80.
  const network = parsePyclsConfig('MODEL: { TYPE: regnet }\nREGNET: { SE_ON: true }', 'net.yaml');
  expect(network).toMatchObject({ block: 'y', squeezeExcitationRatio: 0.25, imageSize: 224, classes: 10 });
  expect(network.stages).toEqual([
    { depth: 4, width: 32, stride: 2, bottleneckRatio: 1, groupWidth: 16 },
    { depth: 6, width: 80, stride: 2, bottleneckRatio: 1, groupWidth: 16 },
  ]);
});

test.each([
  ['res_bottleneck_block', 'false', 'x', 0],
  ['res_bottleneck_block', 'true', 'y', 0.25],
  ['res_bottleneck_linear_block', 'true', 'res_bottleneck_linear', 0.25],
  ['res_basic_block', 'true', 'basic', 0],
  ['vanilla_block', 'false', 'vanilla', 0],
])('parsePyclsConfig makes %s with SE_ON %s block %s with ratio %d', (type, squeezed, block, ratio) => {
  const text = `MODEL: { TYPE: regnet }\nREGNET: { BLOCK_TYPE: ${type}, SE_ON: ${squeezed} }`;
  expect(parsePyclsConfig(text, 'net.yaml')).toMatchObject({ block, squeezeExcitationRatio: ratio });
});

const regnetX400 = `MODEL: { TYPE: regnet, NUM_CLASSES: 1000 }
REGNET: { DEPTH: 22, W0: 24, WA: 24.48, WM: 2.54, GROUP_W: 16 }
`;
const complexityX400 = { flops: 397678568, params: 5157512, acts: 3143272 };
const complexityY400 = { flops: 398613072, params: 6092016, acts: 3150544 };

test.each([
  ['plain', regnetX400, complexityX400],
  ['with quoted keys', regnetX400.replace('MODEL', '"MODEL"').replace('REGNET', "'REGNET'"), complexityX400],
  ['with a byte order mark', `\ufeff${regnetX400}`, complexityX400],
  [
    'as JSON',
    '{ "MODEL": { "TYPE": "regnet", "NUM_CLASSES": 1000 }, "REGNET": { "DEPTH": 22, "W0": 24, "WA": 24.48, "WM": 2.54, "GROUP_W": 16 } }',
    complexityX400,
  ],
  ['with ACTIVATION_FUN: ReLU', regnetX400.replace('1000', '1000, ACTIVATION_FUN: ReLU'), complexityX400],
  ['with SE_ON: yes', regnetX400.replace('DEPTH', 'SE_ON: yes, DEPTH'), complexityY400],
  ['with SE_ON: Off', regnetX400.replace('DEPTH', 'SE_ON: Off, DEPTH'), complexityX400],
])('parsePyclsConfig reads RegNet-400MF %s', (_, text, complexity) => {
  expect(isPyclsConfig(text)).toBe(true);
  expect(complexityOf(parsePyclsConfig(text, 'net.yaml'))).toEqual(complexity);
});

test.each([
  ['stages: [{ depth: 1, width: 8 }]'],
  ['note: |\n  MODEL: no key\nstages: []'],
  ['stages:\n  - MODEL: {}'],
  ['model: {}'],
  [''],
])('isPyclsConfig(%j) is false', (text) => {
  expect(isPyclsConfig(text)).toBe(false);
});

const anynet = (changes: string): string => `MODEL:
  TYPE: anynet
ANYNET:
  DEPTHS: [1, 2]
  WIDTHS: [64, 128]
  STRIDES: [2, 2]
${changes}`;

test.each([
  ['MODEL: { TYPE: resnet }', 'net.yaml:1: MODEL.TYPE: got "resnet"; did you mean "regnet"? (valid: anynet, regnet)'],
  ['TRAIN: { IM_SIZE: 32 }', 'net.yaml:1: MODEL: missing'],
  ['MODEL: { TYPE: anynet, ACTIVATION_FUN: silu }', 'net.yaml:1: MODEL.ACTIVATION_FUN: got "silu" (valid: relu, ReLU)'],
  [
    'MODEL: { TYPE: anynet }\nANYNET: { SE_N: true }',
    'net.yaml:2: ANYNET.SE_N: unknown key; did you mean "SE_ON"? (valid: STEM_TYPE,',
  ],
  ['MODEL: { TYPE: anynet }\nBN: { EPS: 0.001 }', 'net.yaml:2: BN.EPS: got 0.001'],
  ['MODEL: { TYPE: anynet }', 'net.yaml:1: ANYNET.DEPTHS: is empty (valid: at least 1 stage)'],
  [anynet('  GROUP_WS: [8, 8]'), 'net.yaml:3: ANYNET.BOT_MULS: values in the list: 0 (valid: 2, as in DEPTHS)'],
  [
    anynet('  BOT_MULS: [1, 1]\n  GROUP_WS: [8]'),
    'net.yaml:8: ANYNET.GROUP_WS: values in the list: 1 (valid: 2, as in DEPTHS)',
  ],
  [
    anynet('  BOT_MULS: [1, 1]\n  GROUP_WS:\n    - 8\n    - 24'),
    'net.yaml:10: ANYNET.GROUP_WS[1]: got 24 (valid: a divisor of the bottleneck width 128)',
  ],
  [
    anynet('  BOT_MULS: [1, 0.001]\n  GROUP_WS: [8, 8]'),
    'net.yaml:7: ANYNET.BOT_MULS[1]: as b = 1 / multiplier: got 1000 (valid: one that makes width / b',
  ],
  [
    anynet('  BOT_MULS: [1, 1]\n  GROUP_WS: [8, 8]\n  STEM_TYPE: patchify'),
    'net.yaml:9: ANYNET.STEM_TYPE: got "patchify" (valid: res_stem_cifar, simple_stem_in, res_stem_in)',
  ],
  [
    'MODEL: { TYPE: regnet }\nTRAIN:\n  IM_SIZE: 9000',
    'net.yaml:3: TRAIN.IM_SIZE: got 9000 (valid: an integer from 1 to 4095)',
  ],
  ['MODEL: { TYPE: regnet }\nREGNET: { W0: 12 }', 'net.yaml:2: REGNET.W0: got 12 (valid: a multiple of 8)'],
  [
    'MODEL: { TYPE: regnet }\nREGNET: { DEPTH: 1000000000 }',
    'net.yaml:2: REGNET.DEPTH: got 1000000000 (valid: a number of at most 100000)',
  ],
  [anynet('').replace('[1, 2]', '[1000000, 2]'), 'net.yaml:3: ANYNET.BOT_MULS'],
  ['MODEL: { TYPE: regnet }\nREGNET: { WM: 1 }', 'net.yaml:2: REGNET.WM: got 1 (valid: a number above 1)'],
  ['MODEL: { TYPE: regnet }\nREGNET: { STRIDE: 3 }', 'net.yaml:2: REGNET.STRIDE: got 3 (valid: 1 or 2)'],
  ['MODEL: { TYPE: regnet }\nREGNET: { BOT_MUL: 1.5 }', 'net.yaml:2: REGNET.BOT_MUL:'],
  [
    'MODEL: { TYPE: regnet }\nREGNET: { BOT_MUL: 0.9, W0: 16, GROUP_W: 8 }',
    'net.yaml:2: REGNET.BOT_MUL: got 0.9, which leaves a stage without a whole number of groups (valid: such as',
  ],
])('parsePyclsConfig refuses %j', (text, message) => {
  expect(() => parsePyclsConfig(text, 'net.yaml')).toThrow(message);
});
