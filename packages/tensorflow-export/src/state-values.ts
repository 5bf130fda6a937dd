import { InvalidInputError, type NetworkState } from '@netspace/contracts';

/** @throws InvalidInputError where the state lacks the parameter or buffer. */
export function stateValues(state: NetworkState, name: string): Float32Array {
  const values = state.get(name);
  if (values === undefined) throw new InvalidInputError({ problem: 'is missing in the state', key: name });
  return values;
}
