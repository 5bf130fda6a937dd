export type { Check, CheckResult } from './check.js';
export { checks } from './checks.js';
