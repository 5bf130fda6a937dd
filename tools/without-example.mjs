import { join } from 'node:path';
import { exportsOf } from './exports.mjs';
import { entryPoints } from './packages.mjs';

/** The functions and classes that a package exports and none of its examples uses, as `@netspace/x: f`. */
export function withoutExample(folder, manifest, examples) {
  const words = new Set(examples.flatMap(({ code }) => code.match(/\w+/g) ?? []));
  const entries = entryPoints(manifest).map(({ specifier, types }) => ({ specifier, file: join(folder, types) }));
  return exportsOf(entries).flatMap(({ specifier, exports }) =>
    exports.filter(({ name, isCalled }) => isCalled && !words.has(name)).map(({ name }) => `${specifier}: ${name}`),
  );
}
