import { resolve } from 'node:path';
import { Option } from 'commander';
import type { Extensions } from '@netspace/contracts';
import type { Plugins } from '@netspace/plugins';

/** `--plugin MODULE`, as often as wanted. */
export function pluginOption(): Option {
  return new Option('--plugin <module>', 'module that extends netspace, or a package of npm; may be repeated')
    .default([], 'none')
    .argParser((module: string, others: readonly string[]) => [...others, module]);
}

/** The modules of `--plugin`, meant from the current folder, and what they bring. */
export async function loadModules(modules: readonly string[]): Promise<Plugins> {
  const { openPlugins } = await import('@netspace/study');
  return openPlugins(modules, resolve('.'));
}

/** The things of the modules of `--plugin`. */
export async function loadExtensions(modules: readonly string[]): Promise<Extensions> {
  return (await loadModules(modules)).extensions;
}
