import { type FigureSpec, InvalidInputError } from '@netspace/contracts';

/**
 * What a kind of figure gave, checked.
 *
 * @param taken - Names of the figures before.
 * @throws InvalidInputError where it is no list of figures, a name cannot be that of a file or is taken, or a part is
 * missing.
 */
export function checkSpecs(specs: unknown, taken: readonly string[]): readonly FigureSpec[] {
  if (!Array.isArray(specs)) refuse('what it returns', specs, 'a list of figures');
  const figures = specs as readonly Partial<Record<keyof FigureSpec, unknown>>[];
  figures.forEach((figure, index) => {
    const { name, title, caption, spec } = figure;
    if (typeof name !== 'string' || !/^[\w-]+$/.test(name)) refuse('name', name, 'letters, digits, - and _');
    // File systems may not tell upper from lower case.
    const others = [...taken, ...(specs as readonly FigureSpec[]).slice(0, index).map((other) => other.name)];
    if (others.some((other) => other.toLowerCase() === name.toLowerCase()))
      refuse('name', name, 'a name that no other figure has');
    if (typeof title !== 'string') refuse(`title of ${name}`, title, 'text');
    if (typeof caption !== 'string') refuse(`caption of ${name}`, caption, 'text');
    if (typeof spec !== 'object' || spec === null) refuse(`spec of ${name}`, spec, 'a Vega-Lite specification');
  });
  return specs as readonly FigureSpec[];
}

function refuse(what: string, got: unknown, expected: string): never {
  throw new InvalidInputError({ problem: `${what}: got ${JSON.stringify(got) ?? 'nothing'}`, expected });
}
