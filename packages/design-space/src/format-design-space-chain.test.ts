import { describe, expect, test } from '@jest/globals';
import { parseConfig } from '@netspace/config-file';
import { defineDesignSpace, designSpaceListSchema, findDesignSpace, formatDesignSpaceChain } from './index.js';

const paper = [
  'AnyNetX-A',
  'AnyNetX-B',
  'AnyNetX-C',
  'AnyNetX-D',
  'AnyNetX-E',
  'RegNetX',
  'RegNetX-constrained',
  'RegNetY',
];

describe('formatDesignSpaceChain(spaces)', () => {
  test("reads back to the same spaces: the paper's chain, under names of its own", () => {
    const spaces = paper.map((name) => ({ ...findDesignSpace(name), name: `own ${name}` }));
    expect(parseConfig(formatDesignSpaceChain(spaces), 'chain.yaml', designSpaceListSchema())).toEqual(spaces);
  });

  test('says what each changes, and no more', () => {
    const first = findDesignSpace('RegNetX');
    const second = defineDesignSpace({
      name: 'one',
      extends: first,
      parameters: { b: { value: 1 }, depth: { low: 12 } },
    });
    const third = defineDesignSpace({ name: 'two', extends: second, description: '', constraints: ['acts <= 1e6'] });
    const text = formatDesignSpaceChain([first, second, third]);
    expect(text.slice(text.indexOf('- name: one'))).toBe(
      [
        '- name: one',
        '  description: ""',
        '  extends: RegNetX',
        '  parameters:',
        '    depth: { low: 12 }',
        '    b: { value: 1 }',
        '- name: two',
        '  description: ""',
        '  extends: one',
        '  constraints:',
        '    - "acts <= 1e6"',
        '',
      ].join('\n'),
    );
  });
});
