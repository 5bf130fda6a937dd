import { InvalidInputError, type PluginKind } from '@netspace/contracts';
import { kindForms } from './plugin-kinds.js';

type AnyFunction = (...args: unknown[]) => unknown;

/**
 * A thing of a plugin whose functions name the plugin in what they throw, or reject with: an InvalidInputError whose file is
 * the module.
 *
 * The key is the kind and name, `datasets.mine`; that of blocks and stems comes from the builder, which knows the layer.
 *
 * @param file - The module's.
 * @param definition - In the form of its kind.
 */
export function nameModule(file: string, kind: PluginKind, name: string, definition: unknown): unknown {
  const { functions, optional } = kindForms[kind];
  const key = kind === 'blocks' || kind === 'stems' ? {} : { key: `${kind}.${name}` };
  const wrap = (run: AnyFunction): AnyFunction => naming({ file, ...key }, run);
  if (functions.length === 0) return wrap(definition as AnyFunction);
  const methods = definition as Readonly<Record<string, AnyFunction | undefined>>;
  const wrapped = [...functions, ...optional].flatMap((method) => {
    const run = methods[method];
    return run === undefined ? [] : [[method, wrap(run.bind(definition))]];
  });
  return Object.fromEntries(wrapped) as unknown;
}

interface Place {
  readonly file: string;
  readonly key?: string;
}

function naming(place: Place, run: AnyFunction): AnyFunction {
  return (...args) => {
    try {
      const result = run(...args);
      if (result instanceof Promise) return result.catch((error: unknown) => Promise.reject(named(place, error)));
      return typeof result === 'function' ? naming(place, result as AnyFunction) : result;
    } catch (error) {
      throw named(place, error);
    }
  };
}

/** What an error says already, as the layer of a builder's operation, stays. */
function named(place: Place, error: unknown): InvalidInputError {
  const input = error instanceof InvalidInputError ? error.input : { problem: messageOf(error) };
  return new InvalidInputError({ ...place, ...input, file: place.file }, { cause: error });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
