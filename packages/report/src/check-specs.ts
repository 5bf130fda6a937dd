import { type FigureSpec, InvalidInputError } from '@netspace/contracts';

/** What figures are checked against. */
export interface FigureNames {
  /** Names of the figures before. */
  readonly taken: readonly string[];
  /** Names of the study's arms. */
  readonly arms: readonly string[];
}

/**
 * What a kind of figure gave, checked.
 *
 * @throws InvalidInputError where it is no list of figures, a name cannot be that of a file or is taken, an arm is
 * unknown, or a part is missing.
 */
export function checkSpecs(specs: unknown, { taken, arms }: FigureNames): readonly FigureSpec[] {
  if (!Array.isArray(specs)) refuse('what it returns', specs, 'a list of figures');
  // File systems may not tell upper from lower case.
  const names = new Set(taken.map((name) => name.toLowerCase()));
  for (const { name, arm, title, caption, spec } of specs as Record<keyof FigureSpec, unknown>[]) {
    if (typeof name !== 'string' || !/^[\w-]+$/.test(name)) refuse('name', name, 'letters, digits, - and _');
    if (names.has(name.toLowerCase())) refuse('name', name, 'a name that no other figure has');
    names.add(name.toLowerCase());
    if (arm !== undefined && !arms.some((known) => known === arm)) refuse(`arm of ${name}`, arm, arms.join(', '));
    if (typeof title !== 'string') refuse(`title of ${name}`, title, 'text');
    if (typeof caption !== 'string') refuse(`caption of ${name}`, caption, 'text');
    if (typeof spec !== 'object' || spec === null) refuse(`spec of ${name}`, spec, 'a Vega-Lite specification');
  }
  return specs as readonly FigureSpec[];
}

function refuse(what: string, got: unknown, expected: string): never {
  const text = got === undefined ? 'nothing' : JSON.stringify(got);
  throw new InvalidInputError({ problem: `${what}: got ${text}`, expected });
}
