export { blockWidths, expand, type Expansion, type StageWidths } from './expand.js';
