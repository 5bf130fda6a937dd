import * as modules from 'yaml';

/** The library, in a browser. */
export function yaml(): typeof import('yaml') {
  return modules;
}
