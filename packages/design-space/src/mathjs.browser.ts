import * as modules from 'mathjs';

/** mathjs, in a browser. */
export function mathjs(): typeof import('mathjs') {
  return modules;
}
