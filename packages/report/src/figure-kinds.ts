import type { FigureStyle, StudyAnalysis } from '@netspace/contracts';
import type { ChartSpec } from './figure.js';
import { bestOfFigure } from './figures/best-of.js';
import { comparedEdfsFigure } from './figures/compared-edfs.js';
import { errorAgainstFitErrorFigure } from './figures/error-against-fit-error.js';
import { errorAgainstParametersFigures } from './figures/error-against-parameters.js';
import { errorEdfFigure } from './figures/error-edf.js';
import { latencyFigure } from './figures/latency.js';
import { linearTrendFigure } from './figures/linear-trend.js';
import { regimeTrendsFigure } from './figures/regime-trends.js';
import { samplingEffortFigure } from './figures/sampling-effort.js';
import { settingsEdfsFigure } from './figures/settings-edfs.js';
import { trendsFigure } from './figures/trends.js';
import { untrainedFigure } from './figures/untrained.js';
import { widthsOfNetworksFigures } from './figures/widths-of-networks.js';

/** Every kind of figure by name, in the order of the report. A new kind: one file and one line here. */
export const figureKinds: Readonly<Record<string, (analysis: StudyAnalysis, style: FigureStyle) => ChartSpec[]>> = {
  'error-edf': errorEdfFigure,
  'settings-edfs': settingsEdfsFigure,
  'compared-edfs': comparedEdfsFigure,
  'best-of': bestOfFigure,
  'error-against-parameters': errorAgainstParametersFigures,
  'widths-of-networks': widthsOfNetworksFigures,
  'linear-trend': linearTrendFigure,
  'error-against-fit-error': errorAgainstFitErrorFigure,
  'regime-trends': regimeTrendsFigure,
  trends: trendsFigure,
  latency: latencyFigure,
  untrained: untrainedFigure,
  'sampling-effort': samplingEffortFigure,
};

/**
 * The names of the kinds: figures of plugins have others.
 *
 * @example
 * import { figureNames } from '@netspace/report';
 * figureNames[0]; // => 'error-edf'
 */
export const figureNames: readonly string[] = Object.keys(figureKinds);
