export { figures } from './figures.js';
export { renderReport } from './render-report.js';
export type { Figure, FigureSpec } from './figure.js';
export { type LatencyCorrelation, latencyCorrelations, type LatencyCorrelations } from './latency-correlations.js';
export type { Fact, ReportInput, ReportSpace } from './report-input.js';
