import { expect, test } from '@jest/globals';
import { twoSpaces } from './fixtures/made-analyses.js';
import { figureStyle } from './figure-style.js';
import { errorEdfFigure } from './figures/error-edf.js';
import { figureCsv } from './index.js';

test('a figure as CSV holds every point that it draws, once', () => {
  const { spec } = errorEdfFigure(twoSpaces, figureStyle(twoSpaces))[0]!;
  const rows = figureCsv(spec).trim().split('\r\n');
  const header = rows[0]!.split(',');
  expect(header).toEqual(expect.arrayContaining(['layer', 'error', 'lower', 'upper', 'share', 'arm']));
  const steps = twoSpaces.arms.flatMap(({ edf }) => edf);
  const drawn = rows.slice(1).map((row) => row.split(','));
  for (const { error, atMost } of steps.filter(({ error }) => error < 100)) {
    expect(
      drawn.some(
        (row) => Number(row[header.indexOf('error')]) === error && Number(row[header.indexOf('share')]) === atMost,
      ),
    ).toBe(true);
  }
});

test('what CSV gives a meaning is quoted, and what a row has not is empty', () => {
  expect(
    figureCsv({ concat: [{ data: { values: [{ a: 'x"y' }] } }, { data: { values: [{ b: 'line\nbreak' }] } }] }),
  ).toBe('layer,a,b\r\n1,"x""y",\r\n2,,"line\nbreak"\r\n');
});
