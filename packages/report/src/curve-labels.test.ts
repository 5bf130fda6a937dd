import { describe, expect, test } from '@jest/globals';
import { madeArm, variedNetworks } from '@netspace/analysis/testing';
import { spacedOut } from './curve-labels.js';
import { figureCsv } from './figure-csv.js';
import { drawKind } from './fixtures/draw-kind.js';
import { analysisOf, nineArms, twoSpaces } from './fixtures/made-analyses.js';

const names = nineArms.arms.map(({ name }) => name);
const drawn = new Map(
  await Promise.all(['error-edf', 'best-of'].map(async (kind) => [kind, await drawKind(kind, nineArms)] as const)),
);

/** Where the names of arms stand in an SVG that are not in its legend: these are in the colour of a curve. */
function placesOf(svg: string): { name: string; x: number; y: number; angle: number }[] {
  return [
    ...svg.matchAll(
      /<text [^>]*transform="translate\(([-\d.]+),([-\d.]+)\)( rotate\((-?\d+)\))?[^>]*fill="#[^>]*>([^<]*)</g,
    ),
  ].map(([, x, y, , angle, name]) => ({ name: name!, x: Number(x), y: Number(y), angle: Number(angle ?? 0) }));
}

describe.each([
  ['error-edf', 45],
  ['best-of', 0],
])('labels at the curves of %s', (kind, lean) => {
  const { svg, narrowSvg, spec } = drawn.get(kind)!;
  const places = placesOf(svg);

  test('name every arm once', () => {
    expect(places.map(({ name }) => name).sort()).toEqual([...names].sort());
    expect(new Set(places.map(({ angle }) => angle))).toEqual(new Set([lean === 0 ? 0 : -lean]));
  });

  test('do not collide: lines of text are further apart than their letters are high', () => {
    const across = (lean * Math.PI) / 180;
    const lines = places.map(({ x, y }) => x * Math.sin(across) + y * Math.cos(across)).sort((a, b) => a - b);
    const gaps = lines.slice(1).map((line, index) => line - lines[index]!);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(11);
  });

  test('are not on a phone, nor in the data, nor where there is one arm', async () => {
    expect(placesOf(narrowSvg)).toEqual([]);
    expect(figureCsv(spec)).not.toContain('labelX');
    const alone = await drawKind(kind, analysisOf(madeArm('A', variedNetworks(12, 20))));
    expect(placesOf(alone.svg)).toEqual([]);
  });
});

test('where an arm does not reach the right edge, its label begins where its curve becomes flat', async () => {
  const edf = await drawKind('error-edf', twoSpaces);
  const places = placesOf(edf.svg);
  // Of the 20 and 24 networks two each diverged; RegNetX' last error is 26, AnyNetX-A's 32, on an axis from 14.3 to 32.7.
  const { domain } = { domain: [14.3, 32.7] as const };
  for (const [name, error] of [
    ['RegNetX', 26],
    ['AnyNetX-A', 32],
  ] as const) {
    const x = (720 * (error - domain[0])) / (domain[1] - domain[0]);
    expect(Math.abs(places.find((place) => place.name === name)!.x - x)).toBeLessThan(6);
  }
});

describe('spacedOut(wished, distance, room)', () => {
  test('leaves places that are apart, keeps their order, and fills the room where it must', () => {
    expect(spacedOut([5, 90, 40], 10, 100)).toEqual([5, 90, 40]);
    expect(spacedOut([40, 41, 39], 10, 100)).toEqual([49, 59, 39]);
    expect(spacedOut([100, 100, 99], 10, 100)).toEqual([90, 100, 80]);
    expect(spacedOut([0, 0, 0], 50, 100)).toEqual([0, 50, 100]);
  });

  test('is null for one, or where the room is too small', () => {
    expect(spacedOut([5], 10, 100)).toBeNull();
    expect(spacedOut([0, 0, 0], 51, 100)).toBeNull();
  });
});
