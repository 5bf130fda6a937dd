import { relative, resolve } from 'node:path';
import { parseConfig } from '@netspace/config-file';
import { shippedDistributions } from '@netspace/design-space';
import { checkArchitecture, shippedArchitecture } from '@netspace/model-builder';
import { loadPlugins, pluginKinds, type Plugins, type TakenNames } from '@netspace/plugins';
import { z } from 'zod';
import { isMap } from './setting-layers.js';
import { allClaims, shippedClaims } from './shipped-claims.js';
import { shippedFigures } from './shipped-figures.js';
import { shippedRefinementKinds } from './shipped-refinements.js';
import type { PluginRecord } from './study.js';
import { pluginsSchema } from './study-keys.js';
import { automaticEngine, builtInDatasets, externalDataset, shippedEngines } from './vocabulary.js';

/** Names that plugins may not use: what netspace ships. */
const taken: TakenNames = {
  blocks: Object.keys(shippedArchitecture.blocks),
  stems: Object.keys(shippedArchitecture.stems),
  distributions: Object.keys(shippedDistributions),
  datasets: [...builtInDatasets, externalDataset],
  engines: [automaticEngine, ...shippedEngines],
  figures: shippedFigures,
  claims: [allClaims, ...shippedClaims],
  refinements: shippedRefinementKinds,
};

/**
 * Loads the plugins that a study file names, and further ones, as {@link openPlugins}.
 *
 * @param text - Of the study file.
 * @param directory - Its folder, absolute.
 * @param further - Paths from the current folder, or names of packages.
 * @throws InvalidInputError naming the module that is not there, cannot be loaded, or brings what cannot be built.
 */
export async function readStudyPlugins(
  { text, file, directory }: { readonly text: string; readonly file: string; readonly directory: string },
  further: readonly string[],
): Promise<Plugins> {
  const own = parseConfig(text, file, namedPlugins);
  return openPlugins([...own, ...further.map((path) => fromFolder(path, directory))], directory);
}

/**
 * Loads plugins; none may take a name of netspace's, and each block and stem is built at a few widths and strides.
 *
 * @param specifiers - Paths, or names of packages.
 * @param directory - Where paths start from and packages are looked for.
 * @throws InvalidInputError naming the module that is not there, cannot be loaded, or brings what cannot be built.
 * @example
 * import { openPlugins } from '@netspace/study';
 * (await openPlugins([], '.')).modules; // => []
 */
export function openPlugins(specifiers: readonly string[], directory: string): Promise<Plugins> {
  return loadPlugins(specifiers, directory, taken, checkArchitecture);
}

/** What a run keeps of plugins. */
export function pluginRecords(plugins: Plugins): PluginRecord[] {
  return plugins.modules.map(({ specifier, hash }) => ({
    specifier,
    hash,
    provides: pluginKinds.flatMap((kind) =>
      Object.keys(plugins.extensions[kind])
        .filter((name) => plugins.contentOf(kind, name) === hash)
        .map((name) => `${kind.slice(0, -1)} ${name}`),
    ),
  }));
}

/** The plugins of any study file; where it is none, reading all of it says why. */
const namedPlugins = z.unknown().transform((study, context): string[] => {
  if (!isMap(study)) return [];
  if (study.blocks !== undefined) {
    const expected =
      'plugins: [./mine.mjs], where mine.mjs has "export const blocks = { ... }" and imports nothing of netspace';
    context.addIssue({ code: 'custom', path: ['blocks'], message: 'is now written plugins', params: { expected } });
  }
  return pluginsSchema.safeParse(study.plugins).data ?? [];
});

function fromFolder(specifier: string, directory: string): string {
  const isPath = /^(\.|\/|[A-Za-z]:)|\.[cm]?[jt]s$/.test(specifier);
  if (!isPath) return specifier;
  const path = relative(directory, resolve(specifier)).replaceAll('\\', '/');
  return path.startsWith('.') ? path : `./${path}`;
}
