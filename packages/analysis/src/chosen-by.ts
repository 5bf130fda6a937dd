import type { ArmAnalysis, NetworkResult } from '@netspace/contracts';

/** By which error an arm's networks are chosen: validation where every network with a result has one. */
export function chosenByOf(results: readonly Pick<NetworkResult, 'validationError'>[]): ArmAnalysis['chosenBy'] {
  const validated = results.length > 0 && results.every(({ validationError }) => validationError !== null);
  return validated ? 'validation' : 'test';
}

/** The error that networks are chosen by, per cent. */
export function choiceError(
  { error, validationError }: Pick<NetworkResult, 'error' | 'validationError'>,
  chosenBy: ArmAnalysis['chosenBy'],
): number {
  return chosenBy === 'validation' ? validationError! : error;
}

/** The results by the error that networks are chosen by; those that tie stay in their order. */
export function bestFirst(results: readonly NetworkResult[], chosenBy: ArmAnalysis['chosenBy']): NetworkResult[] {
  return [...results].sort((a, b) => choiceError(a, chosenBy) - choiceError(b, chosenBy));
}
