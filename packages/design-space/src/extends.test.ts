import { describe, expect, test } from '@jest/globals';
import { parseConfig } from '@netspace/config-file';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  defineDesignSpace,
  type DesignSpace,
  designSpaceListSchema,
  designSpaceNames,
  findDesignSpace,
  samplePopulation,
  type SpaceOptions,
} from './index.js';
import { readDesignSpace, spaceFiles } from './node.js';

/** A folder with these files. */
function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'netspace-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

describe('defineDesignSpace(definition) that extends a space itself', () => {
  test.each(designSpaceNames)('is as one that extends %s by name', (name) => {
    const change = { name: 'own', stages: 5, block: 'r' } as const;
    expect(defineDesignSpace({ ...change, extends: findDesignSpace(name) })).toEqual(
      defineDesignSpace({ ...change, extends: name }),
    );
  });

  test('has squeeze-excitation by the block y, unless it says another ratio', () => {
    const ratioOf = (own: object): number =>
      defineDesignSpace({ name: 'own', extends: findDesignSpace('AnyNetX-A'), ...own }).squeezeExcitationRatio;
    expect([{}, { block: 'y' }, { block: 'y', squeezeExcitationRatio: 0 }].map(ratioOf)).toEqual([0, 0.25, 0]);
    const none = defineDesignSpace({ name: 'none', extends: findDesignSpace('RegNetY'), squeezeExcitationRatio: 0 });
    expect(defineDesignSpace({ name: 'own', extends: none }).squeezeExcitationRatio).toBe(0);
  });

  test('adds to what that one added', () => {
    const narrow = defineDesignSpace({ name: 'narrow', extends: 'AnyNetX-B', parameters: { w: { high: 64 } } });
    const ordered = defineDesignSpace({
      name: 'ordered',
      extends: narrow,
      nondecreasing: ['w'],
      constraints: ['d[1] < 9'],
    });
    const both = defineDesignSpace({ name: 'both', extends: ordered, parameters: { w: { low: 16 } }, shared: ['g'] });
    expect(both).toMatchObject({
      ...{ shared: ['b', 'g'], nondecreasing: ['w'], constraints: ['d[1] < 9'] },
      parameters: { w: { distribution: 'log_uniform', low: 16, high: 64, quantum: 8 } },
    });
  });

  test.each(['AnyNetX-E', 'RegNetX'])('%s with five stages and another block is sampled so', async (base) => {
    const space = defineDesignSpace({
      name: 'deep',
      extends: findDesignSpace(base),
      stages: 5,
      block: 'vr',
      strides: 1,
    });
    const { networks } = await samplePopulation({ space, regime: {}, count: 5, seed: 1 });
    for (const { config } of networks) {
      expect(config.block).toBe('vr');
      expect(config.stages.map(({ stride }) => stride)).toEqual([1, 1, 1, 1, 1]);
    }
  });
});

describe('readDesignSpace(file) of a file that extends another', () => {
  test("means the path from the file's own folder, and the other one's from that one's", () => {
    const folder = folderOf({
      'deep.yaml': 'name: deep\nextends: base/narrow.yaml\nparameters:\n  d: { low: 4 }\n',
      'base/narrow.yaml': 'name: narrow\nextends: ../common.yml\nparameters:\n  w: { high: 64 }\n',
      'common.yml': 'name: common\nextends: AnyNetX-E\nblock: r\n',
    });
    expect(readDesignSpace(join(folder, 'deep.yaml'))).toEqual(
      defineDesignSpace({
        ...{ name: 'deep', extends: 'AnyNetX-E', block: 'r' },
        parameters: { d: { low: 4 }, w: { high: 64 } },
      }),
    );
  });

  test('names the file and line of the problem, whichever it is in', () => {
    const folder = folderOf({
      'a.yaml': 'name: a\nextends: ./b.yaml\n',
      'b.yaml': 'name: b\nextends: RegNetX\nparameters:\n  w_m: { high: 1 }\n',
      'c.yaml': 'name: c\nextends: ./missing.yaml\n',
    });
    expect(() => readDesignSpace(join(folder, 'a.yaml'))).toThrow(
      `${join(folder, 'b.yaml')}:4: parameters.w_m.low: got 1.5`,
    );
    expect(() => readDesignSpace(join(folder, 'c.yaml'))).toThrow(
      `${join(folder, 'c.yaml')}:2: extends: got "./missing.yaml", but there is no file ${join(folder, 'missing.yaml')} (valid: the path`,
    );
  });

  test('tells a circle with its chain', () => {
    const folder = folderOf({
      'start.yaml': 'name: s\nextends: a.yaml\n',
      'a.yaml': 'name: a\nextends: ./b.yaml\n',
      'b.yaml': 'name: b\nextends: ./a.yaml\n',
    });
    const [a, b] = ['a.yaml', 'b.yaml'].map((name) => join(folder, name));
    expect(() => readDesignSpace(join(folder, 'start.yaml'))).toThrow(
      `${b!}:2: extends: got "./a.yaml", a circle: ${a!} extends ${b!} extends ${a!} (valid: a file that does not extend this one)`,
    );
  });

  test('lists shipped spaces and paths for another name', () => {
    const folder = folderOf({ 'a.yaml': 'name: a\nextends: RegNet\n' });
    expect(() => readDesignSpace(join(folder, 'a.yaml'))).toThrow(
      /a\.yaml:2: extends: got "RegNet"; did you mean "RegNetX"\? \(valid: AnyNetX-A, .*, RegNetY, the path of a YAML file\)$/,
    );
  });
});

describe('designSpaceListSchema(options)', () => {
  const parse = (text: string, options?: SpaceOptions): DesignSpace[] =>
    parseConfig(text, 'study.yaml', designSpaceListSchema(options));

  test('lets definitions extend others of the list, in any order, and files', () => {
    const folder = folderOf({ 'narrow.yaml': 'name: narrow\nextends: AnyNetX-E\nparameters: { w: { high: 64 } }\n' });
    const text = `
      - AnyNetX-A
      - { name: c, extends: b, block: r }
      - { name: b, extends: a, stages: 5 }
      - { name: a, extends: ./narrow.yaml, nondecreasing: [g] }
      - narrow.yaml
    `;
    const unshared = text.replace(', nondecreasing: [g]', ', constraints: ["d[1] < 9"]');
    const spaces = parse(unshared, { finder: spaceFiles(folder) });
    expect(spaces.map(({ name }) => name)).toEqual(['AnyNetX-A', 'c', 'b', 'a', 'narrow']);
    expect(spaces[1]).toMatchObject({
      ...{ block: 'r', stages: { low: 5, high: 5 }, constraints: ['d[1] < 9'] },
      parameters: { w: { high: 64 } },
    });
  });

  test.each([
    [
      'a circle',
      '- { name: a, extends: b }\n- { name: b, extends: c }\n- { name: c, extends: b }\n',
      'study.yaml:3: [2].extends: got "b", a circle: b extends c extends b (valid: a space that does not extend this one)',
    ],
    ['itself', '- { name: a, extends: a }\n', 'study.yaml:1: [0].extends: got "a", a circle: a extends a (valid: '],
    [
      'a misspelt one of the list',
      '- { name: narrow, extends: AnyNetX-E }\n- { name: deep, extends: narow }\n',
      'study.yaml:2: [1].extends: got "narow"; did you mean "narrow"? (valid: AnyNetX-A, ',
    ],
    [
      'a misspelt name',
      '- AnyNetX-E\n- RegNetZ\n',
      'study.yaml:2: [1]: got "RegNetZ"; did you mean "RegNetX"? (valid: ',
    ],
    [
      'a problem in the one that is extended, at its own place',
      '- { name: a, extends: b }\n- name: b\n  extends: RegNetX\n  stages: [3, 2]\n',
      'study.yaml:4: [1].stages[0]: got 3, above the high end (valid: at most 2)',
    ],
    [
      'a name twice',
      '- { name: a, extends: RegNetX }\n- { name: a, extends: RegNetY }\n',
      'study.yaml:2: [1].name: "a" is there twice (valid: distinct names)',
    ],
    ['a space twice', '- RegNetX\n- RegNetX\n', 'study.yaml:2: [1]: "RegNetX" is there twice (valid: distinct names)'],
    ['no space', '[]\n', 'study.yaml:1: got [] (valid: at least 1 item)'],
  ])('refuses %s', (_, text, message) => {
    expect(() => parse(text)).toThrow(message);
  });
});
