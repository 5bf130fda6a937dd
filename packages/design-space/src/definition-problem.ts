import { formatKey } from '@netspace/config-file';
import { InvalidInputError } from '@netspace/contracts';
import { z } from 'zod';

type Path = readonly (string | number)[];

/** What is wrong in a definition, and where: the path of keys and indices from its root. */
export class DefinitionProblem extends Error {
  override readonly name = 'DefinitionProblem';

  constructor(
    readonly path: Path,
    readonly problem: string,
    readonly expected: string,
  ) {
    super(problem);
  }
}

/** What `resolve` returns; a problem in it is one at `path` of what is around it. */
export function placed<T>(path: Path, resolve: () => T): T {
  return handled(resolve, (found) => {
    throw new DefinitionProblem([...path, ...found.path], found.problem, found.expected);
  });
}

/** What `resolve` returns; a problem in it becomes an InvalidInputError. */
export function refused<T>(resolve: () => T): T {
  return handled(resolve, (found) => {
    const { path, problem, expected } = found;
    throw new InvalidInputError({ key: formatKey(path), problem, expected }, { cause: found });
  });
}

/** What `resolve` returns; a problem in it becomes an issue of a schema, which knows its file and line. */
export function reported<T>(context: z.core.$RefinementCtx, resolve: () => T): T {
  return handled(resolve, ({ path, problem, expected }) => {
    context.addIssue({ code: 'custom', message: problem, path: [...path], params: { expected } });
    return z.NEVER;
  });
}

function handled<T>(resolve: () => T, handle: (found: DefinitionProblem) => T): T {
  try {
    return resolve();
  } catch (error) {
    if (error instanceof DefinitionProblem) return handle(error);
    throw error;
  }
}
