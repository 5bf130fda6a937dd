import { type Engine, type EngineAvailability, InvalidInputError } from '@netspace/contracts';

/** The engines in order of preference. A new engine: its package and one line here. */
const engineLoaders: Readonly<Record<string, () => Promise<EngineAvailability>>> = {
  native: async () => (await import('@netspace/engine-native')).loadEngine(),
  reference: async () => (await import('@netspace/engine-reference')).loadEngine(),
};

/** The engine to choose by name, besides the engines' own names: the first of them that is available. */
export const automaticEngine = 'auto';

/** What may be named as an engine. */
export const engineNames: [string, ...string[]] = [automaticEngine, ...Object.keys(engineLoaders)];

/** Whether each engine is available, in order of preference. */
export function loadEngines(): Promise<EngineAvailability[]> {
  return Promise.all(Object.values(engineLoaders).map((load) => load()));
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
 * @throws InvalidInputError where the name is unknown or the engine is not available: its reason and its remedy.
 */
export async function chooseEngine(name: string): Promise<EngineChoice> {
  const load = engineLoaders[name];
  if (load === undefined && name !== automaticEngine) {
    throw new InvalidInputError({ key: 'engine', problem: `got "${name}"`, expected: engineNames.join(', ') });
  }
  const passedOver: string[] = [];
  for (const candidate of load === undefined ? Object.values(engineLoaders) : [load]) {
    const availability = await candidate();
    if (availability.available) return { engine: availability.engine, passedOver };
    passedOver.push(`engine ${availability.name} is not available: ${availability.reason}. ${availability.remedy}`);
  }
  throw new InvalidInputError({ key: 'engine', problem: passedOver.join('\n') });
}
