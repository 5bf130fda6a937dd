import { type Architecture, InvalidInputError, type NetworkConfig } from '@netspace/contracts';
import { networkProblem } from './network-problem.js';

/** @throws InvalidInputError naming the first value that cannot be built. */
export function checkNetwork(config: NetworkConfig, architecture: Architecture): void {
  const found = networkProblem(config, architecture);
  if (found === undefined) return;
  const { path, problem, expected } = found;
  throw new InvalidInputError({ key: formatPath(path), problem, expected });
}

function formatPath(path: readonly (string | number)[]): string {
  return path
    .map((part, position) => {
      if (typeof part === 'number') return `[${part}]`;
      return position === 0 ? part : `.${part}`;
    })
    .join('');
}
