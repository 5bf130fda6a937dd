import { Command } from 'commander';
import {
  degreesOfFreedom,
  designSpaceNames,
  findDesignSpace,
  formatDesignSpace,
  formatSize,
  sizeOf,
} from '@netspace/design-space';
import type { Terminal } from '../terminal.js';

/** `netspace spaces [NAME [--yaml]]` */
export function spacesCommand(terminal: Terminal): Command {
  return new Command('spaces')
    .description('The shipped design spaces, their degrees of freedom and sizes; or the definition of one.')
    .argument('[name]', 'the space whose definition is printed, as JSON')
    .option('--yaml', 'as YAML, which a study reads')
    .action((name: string | undefined, { yaml }: { yaml?: boolean }) => {
      if (name === undefined) terminal.printTable(header, designSpaceNames.map(row));
      else if (yaml) terminal.print(formatDesignSpace(findDesignSpace(name)).trimEnd());
      else terminal.printJson(findDesignSpace(name));
    });
}

const header = ['space', 'degrees of freedom', 'networks', "paper's estimate", 'description'];

function row(name: string): (string | number)[] {
  const space = findDesignSpace(name);
  const size = sizeOf(space);
  return [name, degreesOfFreedom(space), formatSize(size), size.paperEstimate.toExponential(1), space.description];
}
