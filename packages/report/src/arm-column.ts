import type { ArmAnalysis, FigureStyle } from '@netspace/contracts';
import { html, type Markup } from './markup.js';
import { type Column, textual } from './table.js';

/** The column of the arms' names. */
export function armColumn<Row>(
  arms: readonly ArmAnalysis[],
  style: FigureStyle,
  armOf: (row: Row) => ArmAnalysis,
): Column<Row> {
  const severalSettings = new Set(arms.map(({ setting }) => setting)).size > 1;
  return textual(severalSettings ? 'setting / space' : 'space', (row) => armName(armOf(row), style));
}

/** The name of an arm behind a line of its colour and dash. */
function armName({ name }: ArmAnalysis, { arms }: FigureStyle): Markup {
  const { colour, dash } = arms[name]!;
  return html`<svg class="key" width="18" height="8" aria-hidden="true">
      <line
        x1="0"
        y1="4"
        x2="18"
        y2="4"
        stroke="${colour}"
        stroke-width="3"
        stroke-dasharray="${dash.join(' ')}"
      /></svg
    >${name}`;
}
