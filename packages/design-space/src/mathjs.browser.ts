import { all, type ConfigOptions, create, type MathJsInstance } from 'mathjs';

/** mathjs, in a browser. */
export function makeMath(config: ConfigOptions): MathJsInstance {
  return create(all!, config);
}
