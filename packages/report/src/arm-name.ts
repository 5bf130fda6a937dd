import type { ArmAnalysis, FigureStyle } from '@netspace/contracts';
import { html, type Markup } from './markup.js';

/** The name of an arm behind a line of its colour and dash. */
export function armName({ name }: ArmAnalysis, { arms }: FigureStyle): Markup {
  const { colour, dash } = arms[name]!;
  return html`<span class="arm"
    ><svg class="key" width="18" height="8" aria-hidden="true">
      <line
        x1="0"
        y1="4"
        x2="18"
        y2="4"
        stroke="${colour}"
        stroke-width="3"
        stroke-dasharray="${dash.join(' ')}"
      /></svg
    >${name}</span
  >`;
}
