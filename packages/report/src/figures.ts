import { resetSVGDefIds } from 'vega';
import { drawSvg } from './draw-svg.js';
import { figureKinds } from './figure-kinds.js';
import type { Figure } from './figure.js';
import { narrowSpec } from './narrow-spec.js';
import type { ReportInput } from './report-input.js';
import { viewStudy } from './study-view.js';

/**
 * Draws every figure of a study, in the order of the report. What a study has no data for is left out: an unvarying
 * parameter, the fits of networks that were not fitted.
 *
 * @throws InvalidInputError where there is no space or two share a name.
 * @example
 * import { figures } from '@netspace/report';
 * const sampling = { drawn: 90, accepted: 0, rejected: { flops: 90 } };
 * const population = { space: 'X', regime: {}, seed: 1, networks: [], sampling };
 * const spaces = [{ population, records: [], degreesOfFreedom: 16, size: '1.8e18', fits: {} }];
 * const drawn = await figures({ title: 'none trained yet', description: [], spaces });
 * drawn.map(({ name }) => name); // => ['sampling-effort']
 */
export async function figures(input: ReportInput): Promise<Figure[]> {
  const study = viewStudy(input);
  const drawn: Figure[] = [];
  resetSVGDefIds();
  for (const figure of figureKinds.flatMap((kind) => kind(study))) {
    const narrowSvg = await drawSvg(narrowSpec(figure.spec));
    drawn.push({ ...figure, svg: await drawSvg(figure.spec), narrowSvg });
  }
  return drawn;
}
