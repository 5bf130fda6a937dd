// What identifies a value
export { canonicalJson } from './canonical-json.js';
export { contentHash } from './content-hash.js';
export { digestOfText, hashOfText } from './hash-text.js';

// What differs between two
export { type Change, changesBetween } from './changes-between.js';
export { describeChanges } from './describe-changes.js';
