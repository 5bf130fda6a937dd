/** The packages of this repository, by what their package.json says. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './workspace.mjs';

/** Every package, by its name without the scope, in the order of names. */
export const packages = new Map(
  readdirSync(join(root, 'packages'))
    .filter((folder) => existsSync(join(root, 'packages', folder, 'package.json')))
    .map((folder) => {
      const path = join(root, 'packages', folder);
      return [folder, { folder: path, manifest: JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) }];
    }),
);

/** The named packages, by default those that are published; ends the program where a name is not known. */
export function packagesNamed(names) {
  const unknown = names.filter((name) => !packages.has(name));
  if (unknown.length > 0) {
    console.error(`no package ${unknown.join(', ')} (known: ${[...packages.keys()].join(', ')})`);
    process.exit(1);
  }
  return names.length > 0 ? names : [...packages.keys()].filter((name) => !packages.get(name).manifest.private);
}

/** A package and all packages of this repository that are installed with it. */
export function withDependencies(name) {
  const direct = Object.keys(packages.get(name).manifest.dependencies ?? {})
    .filter((dependency) => dependency.startsWith('@netspace/'))
    .map((dependency) => dependency.replace('@netspace/', ''));
  return [...new Set([name, ...direct.flatMap(withDependencies)])];
}

/** What can be imported of a package: `{ specifier: '@netspace/x/node', types: './dist/node.d.ts' }`. */
export function entryPoints({ name, exports }) {
  return Object.entries(exports)
    .filter(([, target]) => target.types !== undefined)
    .map(([path, { types }]) => ({ specifier: path.replace('.', name), types }));
}
