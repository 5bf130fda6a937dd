import { Command } from 'commander';
import {
  degreesOfFreedom,
  type DesignSpace,
  designSpaceNames,
  findDesignSpace,
  formatDesignSpace,
  formatSize,
  sizeOf,
} from '@netspace/design-space';
import { readDesignSpace } from '@netspace/design-space/node';
import { distributionsOf } from '@netspace/study';
import { loadExtensions, pluginOption } from '../plugins-option.js';
import type { Terminal } from '../terminal.js';

interface Flags {
  readonly yaml?: boolean;
  readonly plugin: readonly string[];
}

/** `netspace spaces [NAME | FILE [--yaml]]` */
export function spacesCommand(terminal: Terminal): Command {
  return new Command('spaces')
    .description('The shipped design spaces, their degrees of freedom and sizes; or the definition of one.')
    .argument('[space]', 'a shipped space, or a YAML file, whose complete definition is printed, as JSON')
    .option('--yaml', 'as YAML, which a study reads')
    .addOption(pluginOption())
    .action(async (name: string | undefined, { yaml, plugin }: Flags) => {
      const space = name === undefined ? undefined : await openSpace(name, plugin);
      if (space === undefined) terminal.printTable(header, designSpaceNames.map(row));
      else if (yaml) terminal.print(formatDesignSpace(space).trimEnd());
      else terminal.printJson(space);
    });
}

async function openSpace(name: string, plugins: readonly string[]): Promise<DesignSpace> {
  const distributions = distributionsOf(await loadExtensions(plugins));
  return /\.(ya?ml|json)$/.test(name) ? readDesignSpace(name, { distributions }) : findDesignSpace(name);
}

const header = ['space', 'degrees of freedom', 'networks', "paper's estimate", 'description'];

function row(name: string): (string | number)[] {
  const space = findDesignSpace(name);
  const size = sizeOf(space);
  const estimate = size.paperEstimate.toExponential(1).replace('e+', 'e');
  return [name, degreesOfFreedom(space), formatSize(size), estimate, space.description];
}
