import { types } from 'node:util';
import { type Evaluator, InvalidInputError, type PluginKind } from '@netspace/contracts';
import { lineInStack } from './line-in-stack.js';
import { kindForms } from './plugin-kinds.js';

type AnyFunction = (...args: unknown[]) => unknown;
type Functions = Readonly<Record<string, AnyFunction | undefined>>;

/** Where an error is: the module, and what of it. */
interface Place {
  readonly file: string;
  readonly key?: string;
}

/**
 * A thing of a plugin whose functions name the plugin in what they throw, or reject with: an InvalidInputError whose file is
 * the module. So do functions that they give, and those of an evaluator. What they give is checked, where nothing else
 * knows its form.
 *
 * The key is the kind and name, `datasets.mine`; that of blocks and stems comes from the builder, which knows the layer.
 *
 * @param file - The module's.
 * @param definition - In the form of its kind.
 */
export function nameModule(file: string, kind: PluginKind, name: string, definition: unknown): unknown {
  const { functions, optional, texts = [], mayWait, checkGiven } = kindForms[kind];
  const place = kind === 'blocks' || kind === 'stems' ? { file } : { file, key: `${kind}.${name}` };
  const take = (given: unknown): unknown => {
    checkGiven?.(given);
    if (typeof given === 'function') return naming(place, given as AnyFunction);
    return kind === 'evaluators' ? namedEvaluator(place, given as Evaluator) : given;
  };
  const wrap = (run: AnyFunction): AnyFunction => naming(place, mayWait ? run : atOnce(run), take);
  if (functions.length === 0) return wrap(definition as AnyFunction);
  const named = mapFunctions(definition as Functions, [...functions, ...optional], wrap);
  const said = texts.map((text) => [text, (definition as Readonly<Record<string, unknown>>)[text]]);
  return { ...Object.fromEntries(said), ...named };
}

/**
 * A function whose errors name a module.
 *
 * @param take - Makes its result of what the function gives, or what its promise does; its errors name the module, too.
 */
export function naming(place: Place, run: AnyFunction, take = (given: unknown): unknown => given): AnyFunction {
  return (...args) => {
    try {
      const given = run(...args);
      if (!types.isPromise(given)) return take(given);
      return given.then(take).catch((error: unknown) => Promise.reject(named(place, error)));
    } catch (error) {
      throw named(place, error);
    }
  };
}

/** Of a function that is not waited for. */
function atOnce(run: AnyFunction): AnyFunction {
  return (...args) => {
    const given = run(...args);
    if (!types.isPromise(given)) return given;
    given.catch(() => undefined);
    throw new InvalidInputError({ problem: 'gives a promise', expected: 'a function that is not async' });
  };
}

function namedEvaluator(place: Place, evaluator: Evaluator): unknown {
  const functions = mapFunctions(evaluator as unknown as Functions, ['evaluate', 'close'], (run) => naming(place, run));
  return { description: evaluator.description, instructionSet: evaluator.instructionSet ?? null, ...functions };
}

/** Those of an object's functions that are there, each changed. */
function mapFunctions(
  object: Functions,
  names: readonly string[],
  change: (run: AnyFunction) => AnyFunction,
): Readonly<Record<string, AnyFunction>> {
  const entries = names.flatMap((name): [string, AnyFunction][] => {
    const run = object[name];
    return run === undefined ? [] : [[name, change(run.bind(object))]];
  });
  return Object.fromEntries(entries);
}

/** What an error says already, as the layer of a builder's operation, stays. */
function named(place: Place, error: unknown): InvalidInputError {
  const input = error instanceof InvalidInputError ? error.input : { problem: messageOf(error) };
  const line = lineInStack(error, place.file);
  return new InvalidInputError({ ...place, ...line, ...input, file: place.file }, { cause: error });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
