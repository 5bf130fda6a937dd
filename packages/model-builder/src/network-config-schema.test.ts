import { expect, test } from '@jest/globals';
import { parseConfig } from '@netspace/config-file';
import { networkConfigSchema, shippedArchitecture } from './index.js';

test('networkConfigSchema fills in the defaults', () => {
  expect(parseConfig('stages: [{ depth: 2, width: 64 }]', 'net.yaml', networkConfigSchema())).toEqual({
    stem: { type: 'simple_stem_in', width: 32 },
    block: 'x',
    stages: [{ depth: 2, width: 64, stride: 2, bottleneckRatio: 1, groupWidth: 1 }],
    squeezeExcitationRatio: 0,
    headWidth: 0,
    classes: 1000,
    imageSize: 224,
    imageChannels: 3,
  });
});

test.each([
  ['block: y', 0.25],
  ['block: y\nsqueezeExcitationRatio: 0.5', 0.5],
  ['block: x', 0],
])('networkConfigSchema gives a network with %j the squeeze-excitation ratio %d', (text, ratio) => {
  const network = parseConfig(`${text}\nstages: [{ depth: 2, width: 64 }]`, 'net.yaml', networkConfigSchema());
  expect(network.squeezeExcitationRatio).toBe(ratio);
});

test('networkConfigSchema reads every key', () => {
  const network = {
    stem: { type: 'res_stem_cifar', width: 16 },
    block: 'r',
    stages: [{ depth: 2, width: 64, stride: 1, bottleneckRatio: 4, groupWidth: 16 }],
    squeezeExcitationRatio: 0,
    headWidth: 128,
    classes: 10,
    imageSize: 32,
    imageChannels: 1,
  };
  expect(parseConfig(JSON.stringify(network), 'net.json', networkConfigSchema())).toEqual(network);
});

test.each([
  ['block: z\nstages: [{ depth: 1, width: 8 }]', 'net.yaml:1: block: got "z" (valid: x, y, r, basic'],
  ['stem: { type: z }\nstages: [{ depth: 1, width: 8 }]', 'net.yaml:1: stem.type: got "z" (valid: res_stem_cifar,'],
  ['stages: []', 'net.yaml:1: stages: is empty (valid: at least 1 stage)'],
  [
    'stages:\n  - depth: 1\n    width: 24\n    groupWidth: 16',
    'net.yaml:4: stages[0].groupWidth: got 16 (valid: a divisor of the bottleneck width 24)',
  ],
  ['stages:\n  - depth: 1', 'net.yaml:2: stages[0].width: missing'],
  ['stages: [{ depth: 1, width: 8 }]\nheadwidth: 4', 'net.yaml:2: headwidth: unknown key'],
])('networkConfigSchema refuses %j', (text, message) => {
  expect(() => parseConfig(text, 'net.yaml', networkConfigSchema())).toThrow(message);
});

test('networkConfigSchema(architecture) takes the blocks and stems of the architecture, and no others', () => {
  const { x } = shippedArchitecture.blocks;
  const architecture = { ...shippedArchitecture, blocks: { mine: x! } };
  const text = 'block: mine\nstages: [{ depth: 1, width: 8 }]';
  expect(parseConfig(text, 'net.yaml', networkConfigSchema(architecture)).block).toBe('mine');
  expect(() => parseConfig(text, 'net.yaml', networkConfigSchema())).toThrow(
    'net.yaml:1: block: got "mine" (valid: x,',
  );
  expect(() => parseConfig(text.replace('mine', 'x'), 'net.yaml', networkConfigSchema(architecture))).toThrow(
    'net.yaml:1: block: got "x" (valid: mine)',
  );
});
