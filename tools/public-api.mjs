/**
 * Compares what each package exports with its api.txt: for each entry point the names, and whether each is a class, a
 * function, another value or a type alone. A change of a package's public face is so seen in review, and never made by mistake.
 * Usage: public-api.mjs [--update] [NAME ...], by default every package that is published; --update writes the files.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { exportsOf } from './exports.mjs';
import { entryPoints, packages, packagesNamed } from './packages.mjs';

/** The text of each package's api.txt, by its name. */
function publicApis(names) {
  const entriesOf = new Map(names.map((name) => [name, entryFiles(name)]));
  const sections = new Map(exportsOf([...entriesOf.values()].flat()).map((entry) => [entry.specifier, section(entry)]));
  return new Map(
    names.map((name) => [
      name,
      entriesOf
        .get(name)
        .map(({ specifier }) => sections.get(specifier))
        .join(''),
    ]),
  );
}

/** An entry point and its exports: `  function openRandom`. */
function section({ specifier, exports }) {
  const lines = exports.map(({ name, kind }) => `${kind} ${name}`);
  return [specifier, ...lines.sort().map((line) => `  ${line}`), ''].join('\n');
}

/** The declarations of a package's entry points; ends the program where it is not built. */
function entryFiles(name) {
  const { folder, manifest } = packages.get(name);
  return entryPoints(manifest).map(({ specifier, types }) => {
    const file = join(folder, types);
    if (existsSync(file)) return { specifier, file };
    console.error(`${name} is not built: there is no ${file}`);
    process.exit(1);
  });
}

/** Lines of one text that the other has not. */
function missingIn(other, text) {
  const lines = new Set(other.split('\n'));
  return text.split('\n').filter((line) => !lines.has(line));
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { update: { type: 'boolean' } } });
let failed = false;
for (const [name, api] of publicApis(packagesNamed(positionals))) {
  const file = join(packages.get(name).folder, 'api.txt');
  const stored = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (values.update) writeFileSync(file, api);
  else if (api !== stored) {
    failed = true;
    console.log(`FAILED ${name}: does not export what api.txt says`);
    for (const line of missingIn(stored, api)) console.log(`  + ${line.trim()}`);
    for (const line of missingIn(api, stored)) console.log(`  - ${line.trim()}`);
  }
}
if (failed) console.log('Where this is meant: node tools/public-api.mjs --update');
else console.log(values.update ? 'api.txt of the packages is written' : 'Every package exports what its api.txt says');
process.exit(failed ? 1 : 0);
