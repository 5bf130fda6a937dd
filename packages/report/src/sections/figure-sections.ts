import type { ArmAnalysis, FigureStyle, StudyAnalysis } from '@netspace/contracts';
import type { Figure } from '../figure.js';
import { html, Markup } from '../markup.js';

/** The figures about several arms, one after the other, and then those about one, arm by arm. */
export function figureSections(figures: readonly Figure[], analysis: StudyAnalysis, style: FigureStyle): Markup {
  return html`${sharedFigures(figures).map(
    (figure) =>
      html`<section id="figure-${figure.name}">
        <h2>${figure.title}</h2>
        ${figureOf(figure)}
      </section> `,
  )}
  ${armsWithFigures(figures, analysis).map(
    (arm) =>
      html`<details class="panel" id="arm-${style.arms[arm.name]!.slug}">
        <summary><h2>Figures of ${arm.name}</h2></summary>
        ${figures
          .filter((figure) => figure.arm === arm.name)
          .map(
            (figure) =>
              html`<h3 id="figure-${figure.name}">${figure.title}</h3>
                ${figureOf(figure)}`,
          )}
      </details> `,
  )}`;
}

/** The figures that are about several arms. */
export function sharedFigures(figures: readonly Figure[]): readonly Figure[] {
  return figures.filter(({ arm }) => arm === undefined);
}

/** The arms that have figures of their own. */
export function armsWithFigures(figures: readonly Figure[], { arms }: StudyAnalysis): readonly ArmAnalysis[] {
  return arms.filter(({ name }) => figures.some(({ arm }) => arm === name));
}

/** A figure in two layouts, or, where it is about one arm and one of very many, in one that scrolls on a phone. */
function figureOf({ arm, title, caption, svg, narrowSvg }: Figure): Markup {
  return html`<figure>
    ${
      arm === undefined
        ? html`<div role="img" aria-label="${title}" class="wide">${new Markup(svg)}</div>
            <div role="img" aria-label="${title}" class="narrow">${new Markup(narrowSvg)}</div>`
        : html`<div role="img" aria-label="${title}" class="scroll">${new Markup(svg)}</div>`
    }
    <figcaption>${caption}</figcaption>
  </figure>`;
}
