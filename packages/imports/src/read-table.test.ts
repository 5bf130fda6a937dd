import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readTable } from './index.js';

const table = `id,block,width,bn,top1,flops
a,x,16,True,12.5,1000
a,x,16,True,13.5,1000
b,x,24,False,nan,1500
c,y,16,True,,1000
d,y,32,False,9.25,2000
`;
const columns = 'space: block\nerror: top1\nnetwork: id\nparameters: [width, bn]\ncomplexity: { flops: flops }\n';
const read = (text: string, asked: string) =>
  readTable({ file: 'nets.csv', text }, { file: 'columns.yaml', text: asked });

describe('readTable(table, columns)', () => {
  test('groups rows by space and network, and knows what diverged and what failed', () => {
    const { name, arms, compare, matched } = read(table, columns);
    expect([name, compare, matched]).toEqual(['nets', 'first', false]);
    const base = { setting: 'base', results: expect.anything(), networks: expect.anything() };
    expect(arms).toEqual([
      { ...base, name: 'x', space: 'x' },
      { ...base, name: 'y', space: 'y' },
    ]);
    expect(arms[0]!.networks).toEqual([
      { id: 'a', index: 0, parameters: { width: 16, bn: 1 }, complexity: { flops: 1000 }, config: null },
      { id: 'b', index: 1, parameters: { width: 24, bn: 0 }, complexity: { flops: 1500 }, config: null },
    ]);
    const told = arms.flatMap(({ results }) =>
      results.map(({ network, replicate, ...rest }) => [
        network.id,
        replicate,
        rest.status === 'failed' ? rest.message : rest.error,
      ]),
    );
    expect(told).toEqual([
      ['a', 0, 12.5],
      ['a', 1, 13.5],
      ['b', 0, 100],
      ['c', 0, 'no error is given'],
      ['d', 0, 9.25],
    ]);
  });

  test('takes the rows that a setting asks for, and names spaces by column and value where the value says little', () => {
    const settings = `settings:
  - { name: wide, where: { width: [24, 32] }, space: bn }
  - { name: normalised, where: { bn: true } }
space: block
error: { column: top1, is: accuracy }
pair: [width, bn]
`;
    const { arms, matched } = read(table, settings);
    expect(matched).toBe(true);
    expect(arms.map(({ name, networks }) => [name, networks.map(({ id, pair }) => [id, pair])])).toEqual([
      [
        'wide/bn=False',
        [
          ['line 4', 'width=24'],
          ['line 6', 'width=32'],
        ],
      ],
      [
        'normalised/x',
        [
          ['line 2', 'width=16, bn=True'],
          ['line 3', 'width=16, bn=True'],
        ],
      ],
      ['normalised/y', [['line 5', 'width=16, bn=True']]],
    ]);
    expect(arms[1]!.results[0]).toMatchObject({ error: 87.5 });
  });

  test('keeps every error of any table', () => {
    const rows = fc.array(
      fc.record({ space: fc.constantFrom('A', 'B, "wide"', 'C'), error: fc.double({ min: 0, max: 1, noNaN: true }) }),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(rows, (made) => {
        const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
        const text = ['s,e', ...made.map(({ space, error }) => `${quoted(space)},${error}`)].join('\r\n');
        const { arms } = read(text, 'space: s\nerror: { column: e, unit: share }\n');
        for (const { space, results } of arms) {
          const errors = made.filter((row) => row.space === space).map(({ error }) => expect.closeTo(100 * error, 10));
          expect(results.map((result) => 'error' in result && result.error)).toEqual(errors);
        }
        expect(arms.flatMap(({ results }) => results)).toHaveLength(made.length);
      }),
    );
  });

  test.each([
    [
      'a misspelt column',
      table,
      columns.replace('top1', 'top_1'),
      'columns.yaml:2: error: got "top_1" (valid: id, block, width, bn, top1, flops, or a map',
    ],
    ['no column of spaces', table, 'error: top1\n', 'columns.yaml:1: space: is not there (valid: id, block'],
    [
      'a value that is no number',
      table.replace('9.25', 'good'),
      columns,
      'nets.csv:6: top1: got "good" (valid: a number)',
    ],
    [
      'an error above 100',
      table.replace('9.25', '925'),
      columns,
      'nets.csv:6: top1: got "925" (valid: a number of 0 to 100, as error in per cent)',
    ],
    [
      'errors that are shares',
      's,e\nA,0.125\nA,0.5\n',
      'space: s\nerror: e\n',
      'columns.yaml: error: no value of column "e" is above 1',
    ],
    ['a setting without rows', table, `${columns}where: { block: z }\n`, 'setting "base" has no row of nets.csv'],
    ['a line too long', `${table}e,x,1,True,5,1,7\n`, columns, 'nets.csv:7: Invalid Record Length'],
    ['an empty file', '', columns, 'nets.csv: is empty'],
    ['a column named twice', 'a,b,a\n1,2,3\n', 'space: a\nerror: b\n', 'nets.csv:1: column "a" is there twice'],
    [
      'two networks of one name',
      table.replace('a,x,16,True,13.5', 'a,x,24,True,13.5'),
      columns,
      'nets.csv:3: network: "a" is another network here than on line 2',
    ],
  ])('refuses %s', (_, text, asked, message) => {
    expect(() => read(text, asked)).toThrow(message);
  });
});
