import { InvalidInputError } from '@netspace/contracts';

/**
 * What was thrown while a module of a network was added, with the module's place. The operations of a builder name their
 * layer as the error's key; a plugin names its file.
 *
 * @param title - What was added: `block "x"`.
 * @param module - Where: `s1.b2`.
 */
export function placedError(error: unknown, title: string, module: string): InvalidInputError {
  const input = error instanceof InvalidInputError ? error.input : { problem: messageOf(error) };
  const place = input.key === undefined ? module : `layer ${module}.${input.key}`;
  return new InvalidInputError({ ...input, key: `${title}, ${place}` }, { cause: error });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
