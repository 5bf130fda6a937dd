export { canonicalJson } from './canonical-json.js';
export { contentHash } from './content-hash.js';
export { digestOfText, hashOfText } from './hash-text.js';
