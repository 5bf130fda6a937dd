import { resetSVGDefIds } from 'vega';
import { drawSvg } from './draw-svg.js';
import { figureKinds } from './figure-kinds.js';
import type { Figure } from './figure.js';
import type { ReportInput } from './report-input.js';
import { viewStudy } from './study-view.js';

/**
 * Draws every figure of a study, in the order of the report. What a study has no data for is left out: an unvarying
 * parameter, the fits of networks that were not fitted.
 *
 * @throws InvalidInputError where there is no space or two share a name.
 */
export async function figures(input: ReportInput): Promise<Figure[]> {
  const study = viewStudy(input);
  const drawn: Figure[] = [];
  resetSVGDefIds();
  for (const figure of figureKinds.flatMap((kind) => kind(study))) {
    drawn.push({ ...figure, svg: await drawSvg(figure.spec) });
  }
  return drawn;
}
