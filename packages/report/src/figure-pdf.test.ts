import { inflateSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { figurePdf } from './figure-pdf.js';
import { drawKind } from './fixtures/draw-kind.js';
import { nineArms } from './fixtures/made-analyses.js';

const { svg } = await drawKind('compared-edfs', nineArms);

/** All that a PDF holds, its streams unpacked. */
function contentOf(pdf: Uint8Array): string {
  const bytes = Buffer.from(pdf);
  const text = bytes.toString('latin1');
  const streams = [...text.matchAll(/\/FlateDecode[^]*?stream\r?\n([^]*?)\r?\nendstream/g)];
  const unpacked = streams.map(([, stream]) => inflateSync(Buffer.from(stream!, 'latin1')).toString('latin1'));
  return [text, ...unpacked].join('\n');
}

test('a figure as PDF is one page of its size, with its font and every letter in it', async () => {
  const pdf = await figurePdf(svg);
  const content = contentOf(pdf);
  expect(content.startsWith('%PDF-')).toBe(true);
  const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg)!;
  expect(content.match(/\/MediaBox \[[^\]]*\]/g)).toEqual([`/MediaBox [0 0 ${width} ${height}]`]);
  expect(content).toMatch(/\/FontFile2/);
  // The minus of a difference: fonts of a PDF reader have none.
  expect(svg).toContain('−');
  expect(content).toMatch(/<2212>/);
  // Colours of the first two arms, as shares: #0072B2 and #D55E00.
  for (const colour of [
    [0x00, 0x72, 0xb2],
    [0xd5, 0x5e, 0x00],
  ])
    expect(content).toContain(colour.map((part) => part / 255).join(' '));
});

test('the same figure gives the same PDF', async () => {
  expect(Buffer.from(await figurePdf(svg)).equals(Buffer.from(await figurePdf(svg)))).toBe(true);
});
