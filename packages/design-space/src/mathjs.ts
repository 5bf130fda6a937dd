import { createRequire } from 'node:module';
import type { ConfigOptions, MathJsInstance } from 'mathjs';

/** What the bundle of mathjs holds: itself, as it is unless it is told otherwise. */
interface Bundle {
  create(config: ConfigOptions): MathJsInstance;
}

/** mathjs, in Node: loaded when a constraint is met, and of its one file: its modules take a second. */
export function makeMath(config: ConfigOptions): MathJsInstance {
  return (createRequire(import.meta.url)('mathjs/lib/browser/math.js') as Bundle).create(config);
}
