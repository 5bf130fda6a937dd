import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The functions and classes of the package's api.txt that none of its examples uses. */
export function withoutExample(folder, examples) {
  const words = new Set(examples.flatMap(({ code }) => code.match(/\w+/g) ?? []));
  const api = readFileSync(join(folder, 'api.txt'), 'utf8');
  return [...api.matchAll(/^ {2}(?:function|class) (\w+)$/gm)]
    .map(([, name]) => name)
    .filter((name) => !words.has(name));
}
