import { degreesOfFreedom, designSpaceNames, findDesignSpace, sizeOf } from '@netspace/design-space';
import { Command } from 'commander';
import { print, printJson } from '../output.js';
import { formatTable } from '../text-table.js';

/** `netspace spaces [NAME]` */
export function spacesCommand(): Command {
  return new Command('spaces')
    .description('The shipped design spaces, their degrees of freedom and sizes; or the definition of one.')
    .argument('[name]', 'the space whose definition is printed, as JSON')
    .action((name: string | undefined) => {
      if (name === undefined) print(formatTable(header, designSpaceNames.map(row)));
      else printJson(findDesignSpace(name));
    });
}

const header = ['space', 'degrees of freedom', 'networks', "paper's estimate", 'description'];

function row(name: string): (string | number)[] {
  const space = findDesignSpace(name);
  const { kind, combinations, paperEstimate } = sizeOf(space);
  const networks = `${kind === 'exact' ? '' : 'at most '}${Number(combinations).toExponential(2)}`;
  return [name, degreesOfFreedom(space), networks, paperEstimate.toExponential(1), space.description];
}
