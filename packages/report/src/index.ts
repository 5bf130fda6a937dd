export { type ComparedArm, describeDifference } from './describe-difference.js';
export { figureNames } from './figure-kinds.js';
export { drawFigures, type DrawControl } from './draw-figures.js';
export { figureCsv } from './figure-csv.js';
export type { Figure } from './figure.js';
export { type Fact, renderReport, type ReportInput } from './render-report.js';
