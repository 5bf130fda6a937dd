export type { Check, CheckResult } from './check.js';
export { checks } from './checks.js';
export { type FileResult, verifyDirectory } from './verify-directory.js';
