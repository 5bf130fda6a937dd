import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { nineArms, partial, regimes, twoSpaces } from './fixtures/made-analyses.js';
import { drawFigure } from './draw-figures.js';
import { figureKinds } from './figure-kinds.js';
import { figureStyle } from './figure-style.js';

const folder = fileURLToPath(new URL('fixtures/figures/', import.meta.url));
const updates = process.env.UPDATE_FIGURES !== undefined;

const studies = { 'two-spaces': twoSpaces, partial, 'nine-arms': nineArms, regimes };

/** Figures by the name of their file, a tag a line: those about several arms, those of the first arm of the first study, and of the regimes what only they have. */
const drawn = new Map<string, string>();
for (const [study, analysis] of Object.entries(studies)) {
  const style = figureStyle(analysis);
  const figures = Object.values(figureKinds).flatMap((kind) => kind(analysis, style));
  const shown = figures.filter(
    ({ arm, name }) =>
      (study === 'regimes' ? name === 'regime-trends' : arm === undefined) ||
      (study === 'two-spaces' && arm === 'AnyNetX-A'),
  );
  for (const figure of shown) {
    const { name, svg } = await drawFigure(figure);
    drawn.set(`${study}-${name}`, `${svg.replaceAll('><', '>\n<')}\n`);
  }
}

describe('figures', () => {
  test.each([...drawn])('%s is as it is stored', (name, svg) => {
    const stored = `${folder}${name}.svg`;
    const changed = `${folder}${name}-changed.svg`;
    rmSync(changed, { force: true });
    if (updates) writeFileSync(stored, svg);
    if (existsSync(stored) && readFileSync(stored, 'utf8') === svg) return;
    writeFileSync(changed, svg);
    throw new Error(
      `${name}-changed.svg in src/fixtures/figures is not as ${name}.svg beside it: look at both, and run ` +
        '`npm run update-figures` where the new one is right',
    );
  });

  test('are all that is stored', () => {
    const names = readdirSync(folder).filter((file) => !file.endsWith('-changed.svg'));
    expect(names.sort()).toEqual([...drawn.keys()].map((name) => `${name}.svg`).sort());
  });
});
