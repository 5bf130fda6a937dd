import { pathToFileURL } from 'node:url';
import { type Extensions, InvalidInputError, type PluginKind } from '@netspace/contracts';
import { type Definition, definitionsOf } from './definitions-of.js';
import { importModule } from './import-module.js';
import { moduleHash } from './module-hash.js';
import { nameModule, naming } from './name-module.js';
import { kindForms, pluginKinds } from './plugin-kinds.js';
import { resolveModule } from './resolve-module.js';

/** A module that was loaded. */
export interface PluginModule {
  /** As it was asked for: `./mine.mjs`. */
  readonly specifier: string;
  /** Its `file:` URL. */
  readonly url: string;
  /** SHA-256 of its content and of the local files that it names: the same wherever it lies. */
  readonly hash: string;
}

/** What the plugins of a study bring. */
export interface Plugins {
  readonly extensions: Extensions;
  /** In the order they were asked for, each once. */
  readonly modules: readonly PluginModule[];
  /** Hash of the module that brings a thing; undefined where no plugin does. */
  readonly contentOf: (kind: PluginKind, name: string) => string | undefined;
  /** Path of the module that brings a thing; undefined where no plugin does. */
  readonly fileOf: (kind: PluginKind, name: string) => string | undefined;
}

/** Names that plugins may not use, by kind: those of the things that netspace ships. */
export type TakenNames = Partial<Readonly<Record<PluginKind, readonly string[]>>>;

/**
 * Loads modules that extend netspace. Each exports plain data and functions in the form of `Plugin`; nothing is registered
 * anywhere.
 *
 * What a plugin's function throws later is an InvalidInputError whose file is the module.
 *
 * @param specifiers - Paths (`./mine.mjs`) or names of npm packages. A module that comes twice is loaded once.
 * @param directory - Where paths start from and packages are looked for: the folder of the study.
 * @param taken - Names that are not free.
 * @param check - Checks what a module brings, as far as this package cannot; what it throws names the module.
 * @throws InvalidInputError naming the module: it is not there, fails as it is loaded, exports nothing of the known kinds or something of another
 * form, or a name that is taken or that another module brings.
 * @example
 * import { mkdtempSync, writeFileSync } from 'node:fs';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { loadPlugins } from '@netspace/plugins';
 * const folder = mkdtempSync(join(tmpdir(), 'plugin-'));
 * writeFileSync(join(folder, 'mine.mjs'), 'export const stems = { none: (builder, images) => images };');
 * const { extensions, modules } = await loadPlugins(['./mine.mjs'], folder);
 * Object.keys(extensions.stems); // => ['none']
 * modules[0]?.hash.length; // => 64
 */
export async function loadPlugins(
  specifiers: readonly string[],
  directory: string,
  taken: TakenNames = {},
  check: (extensions: Extensions) => void = () => undefined,
): Promise<Plugins> {
  const loaded = new Map<string, LoadedModule>();
  for (const specifier of specifiers) {
    const file = resolveModule(specifier, directory);
    if (!loaded.has(file)) loaded.set(file, await loadModule(specifier, file));
  }
  const modules = [...loaded.values()];
  const owners = ownersOf(modules, taken);
  for (const module of modules) naming(module, () => check(extensionsOf([module])))();
  return {
    extensions: extensionsOf(modules),
    modules: modules.map(({ module }) => module),
    contentOf: (kind, name) => owners.get(`${kind}.${name}`)?.module.hash,
    fileOf: (kind, name) => owners.get(`${kind}.${name}`)?.file,
  };
}

interface LoadedModule {
  readonly file: string;
  readonly module: PluginModule;
  readonly definitions: readonly Definition[];
}

async function loadModule(specifier: string, file: string): Promise<LoadedModule> {
  // Hashed before it runs: its code could write to the files it names.
  const module = { specifier, url: pathToFileURL(file).href, hash: moduleHash(file) };
  return { file, module, definitions: definitionsOf(file, await importModule(file)) };
}

/** The module of each thing, by `kind.name`. */
function ownersOf(modules: readonly LoadedModule[], taken: TakenNames): Map<string, LoadedModule> {
  const owners = new Map<string, LoadedModule>();
  for (const module of modules) {
    for (const { kind, name } of module.definitions) {
      const key = `${kind}.${name}`;
      const { noun } = kindForms[kind];
      const owner =
        taken[kind]?.includes(name) === true ? 'netspace ships' : owners.get(key) && `${owners.get(key)!.file} brings`;
      if (owner !== undefined) {
        throw new InvalidInputError({
          file: module.file,
          key,
          problem: `${owner} a ${noun} of this name`,
          expected: 'another name',
        });
      }
      owners.set(key, module);
    }
  }
  return owners;
}

function extensionsOf(modules: readonly LoadedModule[]): Extensions {
  const entries = pluginKinds.map((kind) => [
    kind,
    Object.fromEntries(
      modules.flatMap(({ file, definitions }) =>
        definitions
          .filter((definition) => definition.kind === kind)
          .map(({ name, definition }) => [name, nameModule(file, kind, name, definition)]),
      ),
    ),
  ]);
  // The form of every kind was checked.
  return Object.fromEntries(entries) as Extensions;
}
