import { resolve } from 'node:path';
import { Option } from 'commander';
import type { Extensions } from '@netspace/contracts';
import { checkArchitecture } from '@netspace/model-builder';
import { loadPlugins } from '@netspace/plugins';

/** `--plugin MODULE`, as often as wanted. */
export function pluginOption(): Option {
  return new Option('--plugin <module>', 'module that extends netspace, or a package of npm; may be repeated')
    .default([], 'none')
    .argParser((module: string, others: readonly string[]) => [...others, module]);
}

/** The things of the modules of `--plugin`, meant from the current folder; their blocks and stems are checked. */
export async function loadExtensions(modules: readonly string[]): Promise<Extensions> {
  const { extensions } = await loadPlugins(modules, resolve('.'));
  checkArchitecture(extensions);
  return extensions;
}
