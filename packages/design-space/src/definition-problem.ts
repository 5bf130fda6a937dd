/** What is wrong in a definition, and where: the path of keys and indices from its root. */
export class DefinitionProblem extends Error {
  override readonly name = 'DefinitionProblem';

  constructor(
    readonly path: readonly (string | number)[],
    readonly problem: string,
    readonly expected: string,
  ) {
    super(problem);
  }
}
