import { type Engine, type EngineAvailability, InvalidInputError } from '@netspace/contracts';

/** One package's engine. */
interface EngineLoader {
  /** The engine at its best on this machine; a network of it may use so many cores, if it can use several. */
  readonly load: (cores: number) => Promise<EngineAvailability>;
  /** Everything it could run on here, where that is more than one thing. */
  readonly loadAll?: () => Promise<readonly EngineAvailability[]>;
}

/** The engines in order of preference. A new engine: its package and one line here. */
const engineLoaders: Readonly<Record<string, EngineLoader>> = {
  native: { load: async (cores) => (await import('@netspace/engine-native')).loadEngine({ threads: cores }) },
  tfjs: {
    load: async () => (await import('@netspace/engine-tfjs')).loadEngine(),
    loadAll: async () => {
      const { loadBackends } = await import('@netspace/engine-tfjs');
      return (await loadBackends()).map((backend) =>
        backend.available ? backend : { ...backend, name: `tfjs (${backend.name})` },
      );
    },
  },
  reference: { load: async () => (await import('@netspace/engine-reference')).loadEngine() },
};

/** The engine to choose by name, besides the engines' own names: the first of them that is available. */
export const automaticEngine = 'auto';

/** What may be named as an engine. */
export const engineNames: [string, ...string[]] = [automaticEngine, ...Object.keys(engineLoaders)];

/** Whether each engine is available, in order of preference; one with several backends has an entry for each. */
export async function loadEngines(): Promise<EngineAvailability[]> {
  const loaded = await Promise.all(
    Object.values(engineLoaders).map(async ({ load, loadAll }) =>
      loadAll === undefined ? [await load(1)] : loadAll(),
    ),
  );
  return loaded.flat();
}

/** An engine, and why no engine that comes before it in the order of preference was taken. */
export interface EngineChoice {
  readonly engine: Engine;
  /** One line for each engine that was passed over: its reason and its remedy. */
  readonly passedOver: readonly string[];
}

/**
 * Loads the named engine, or with `auto` the first available one.
 *
 * @param cores - What a network may use, where the engine can use several. Results do not depend on it.
 * @throws InvalidInputError where the name is unknown or the engine is not available: its reason and its remedy.
 */
export async function chooseEngine(name: string, cores = 1): Promise<EngineChoice> {
  const named = engineLoaders[name];
  if (named === undefined && name !== automaticEngine) {
    throw new InvalidInputError({ key: 'engine', problem: `got "${name}"`, expected: engineNames.join(', ') });
  }
  const passedOver: string[] = [];
  for (const { load } of named === undefined ? Object.values(engineLoaders) : [named]) {
    const availability = await load(cores);
    if (availability.available) return { engine: availability.engine, passedOver };
    passedOver.push(
      `The engine ${availability.name} is not available: ${availability.reason}. ${availability.remedy}.`,
    );
  }
  throw new InvalidInputError({ key: 'engine', problem: passedOver.join('\n') });
}
