export { formatDuration } from './format-duration.js';
export {
  formatCount,
  formatMegabytes,
  formatPercent,
  formatProbability,
  formatShare,
  formatSigned,
} from './format-number.js';
export { formatTable } from './format-table.js';
export { wrapText } from './wrap-text.js';
