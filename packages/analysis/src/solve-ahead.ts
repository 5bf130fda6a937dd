import { edfBand } from '@netspace/statistics';

/**
 * Solves what of an analysis depends on nothing but how many networks of an arm have results, as while these are read: the
 * band around their distribution, which is then known.
 *
 * @param networks - None, or more.
 * @example
 * import { solveAhead } from '@netspace/analysis';
 * solveAhead(100);
 */
export function solveAhead(networks: number): void {
  if (networks > 0) edfBand(Array.from({ length: networks }, (_, rank) => rank));
}
