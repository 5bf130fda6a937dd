import { suggestion } from '@netspace/config-file';
import { InvalidInputError, type PluginKind } from '@netspace/contracts';
import { nameOfType } from './name-of-type.js';
import { kindForms, pluginKinds } from './plugin-kinds.js';

/** One thing that a module brings. */
export interface Definition {
  readonly kind: PluginKind;
  readonly name: string;
  /** In the form of its kind. */
  readonly definition: unknown;
}

/**
 * All that a module brings.
 *
 * @param file - The module's, for messages.
 * @param exported - What it exports. Names that are no kind are its own business, unless they look like a misspelt kind.
 * @throws InvalidInputError where it brings no kind, or something that has not the form of its kind.
 */
export function definitionsOf(file: string, exported: Readonly<Record<string, unknown>>): Definition[] {
  const names = Object.keys(exported);
  const kinds = pluginKinds.filter((kind) => names.includes(kind));
  for (const name of names.filter((name) => !kinds.some((kind) => kind === name))) refuseMisspelt(file, name);
  if (kinds.length === 0) {
    const problem = `exports ${names.length === 0 ? 'nothing' : names.join(', ')}`;
    throw new InvalidInputError({ file, problem, expected: `one or more of ${pluginKinds.join(', ')}` });
  }
  return kinds.flatMap((kind) => definitionsOfKind(file, kind, exported[kind]));
}

function refuseMisspelt(file: string, name: string): void {
  const kind = suggestion(name, pluginKinds);
  if (kind === undefined) return;
  const problem = `is no kind of thing that a plugin brings; did you mean ${JSON.stringify(kind)}?`;
  throw new InvalidInputError({ file, key: name, problem, expected: pluginKinds.join(', ') });
}

function definitionsOfKind(file: string, kind: PluginKind, exported: unknown): Definition[] {
  if (typeof exported !== 'object' || exported === null || Array.isArray(exported)) {
    throw new InvalidInputError({
      file,
      key: kind,
      problem: `is ${nameOfType(exported)}`,
      expected: `a map of ${kind} by name`,
    });
  }
  const things: [name: string, definition: unknown][] = Object.entries(exported);
  return things.map(([name, definition]) => {
    checkName(file, kind, name);
    checkForm(file, kind, name, definition);
    return { kind, name, definition };
  });
}

function checkName(file: string, kind: PluginKind, name: string): void {
  if (/^\w[\w.-]*$/.test(name)) return;
  const expected = 'letters, digits, "_", "-" and ".", the first of them a letter, a digit or "_"';
  throw new InvalidInputError({ file, key: kind, problem: `got the name ${JSON.stringify(name)}`, expected });
}

function checkForm(file: string, kind: PluginKind, name: string, definition: unknown): void {
  const { noun, functions, optional, texts = [] } = kindForms[kind];
  const fail = (problem: string, expected: string): never => {
    throw new InvalidInputError({ file, key: `${kind}.${name}`, problem, expected });
  };
  if (functions.length === 0) {
    if (typeof definition !== 'function') fail(`is ${nameOfType(definition)}`, `a function: a ${noun} is one`);
    return;
  }
  const members = (definition ?? {}) as Readonly<Record<string, unknown>>;
  const isWrong = (method: string): boolean => typeof members[method] !== 'function';
  const wrong = functions.find(isWrong) ?? optional.find((method) => members[method] !== undefined && isWrong(method));
  const missing = wrong ?? texts.find((text) => typeof members[text] !== 'string');
  if (missing !== undefined) fail(`${missing} is ${nameOfType(members[missing])}`, formOf(functions, texts));
}

/** `an object with the functions describe, load`. */
function formOf(functions: readonly string[], texts: readonly string[]): string {
  const noun = functions.length === 1 ? 'function' : 'functions';
  const others = texts.length === 0 ? '' : ` and the texts ${texts.join(', ')}`;
  return `an object with the ${noun} ${functions.join(', ')}${others}`;
}
