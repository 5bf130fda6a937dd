import { type Engine, type EngineAvailability, type EngineKind, InvalidInputError } from '@netspace/contracts';
import { automaticEngine, shippedEngines } from '@netspace/study';

/** The engines that netspace ships, in order of preference. A new one: its package and one line here. */
const engineKinds: Readonly<Record<(typeof shippedEngines)[number], EngineKind>> = {
  native: {
    load: async (threads, instructionSet) =>
      (await import('@netspace/engine-native')).loadEngine({
        ...{ threads },
        ...(instructionSet === undefined ? {} : { instructionSet }),
      }),
  },
  tfjs: { load: async () => (await import('@netspace/engine-tfjs')).loadEngine() },
  reference: { load: async () => (await import('@netspace/engine-reference')).loadEngine() },
};

/** Engines by name, besides those that netspace ships. */
export type EngineKinds = Readonly<Record<string, EngineKind>>;

/**
 * Whether each engine is available, in order of preference; the backends of TensorFlow.js each have an entry.
 *
 * @param plugins - Engines of plugins.
 * @example
 * import { loadEngines } from '@netspace/orchestrator';
 * const engines = await loadEngines();
 * engines.some((found) => found.available && found.engine.name === 'reference'); // => true
 */
export async function loadEngines(plugins: EngineKinds = {}): Promise<EngineAvailability[]> {
  const loaded = await Promise.all(
    Object.entries({ ...engineKinds, ...plugins }).map(async ([name, kind]) =>
      name === 'tfjs' ? loadTensorflowBackends() : [await kind.load(1)],
    ),
  );
  return loaded.flat();
}

async function loadTensorflowBackends(): Promise<EngineAvailability[]> {
  const { loadBackends } = await import('@netspace/engine-tfjs');
  const backends = await loadBackends();
  return backends.map((backend) => (backend.available ? backend : { ...backend, name: `tfjs (${backend.name})` }));
}

/** An engine, and why no engine that comes before it in the order of preference was taken. */
export interface EngineChoice {
  readonly engine: Engine;
  /** One line for each engine that was passed over: its reason and its remedy. */
  readonly passedOver: readonly string[];
}

/** Engines, and why others that were named are not among them. */
export interface EngineChoices {
  readonly engines: readonly Engine[];
  /** One line for each engine that was passed over: its reason and its remedy. */
  readonly passedOver: readonly string[];
}

/**
 * Loads the named engine, or with `auto` the first available one of those that netspace ships.
 *
 * @param cores - What a network may use, where the engine can use several. Results do not depend on it.
 * @param plugins - Engines of plugins.
 * @param instructionSet - What it must compute with; anything where it is left out.
 * @throws InvalidInputError where the name is unknown, the engine is not available (its reason and its remedy), or it computes with
 * another instruction set.
 * @example
 * import { chooseEngine } from '@netspace/orchestrator';
 * const { engine } = await chooseEngine('reference');
 * engine.name; // => 'reference'
 */
export async function chooseEngine(
  name: string,
  cores = 1,
  plugins: EngineKinds = {},
  instructionSet?: string,
): Promise<EngineChoice> {
  const { engine, passedOver } = await firstAvailable(candidates(name, plugins), cores, instructionSet);
  if (engine !== undefined) {
    if (instructionSet !== undefined) checkInstructionSet(engine, instructionSet, passedOver);
    return { engine, passedOver };
  }
  throw new InvalidInputError({ key: 'engine', problem: passedOver.join('\n') });
}

function checkInstructionSet({ name, instructionSet }: Engine, required: string, passedOver: readonly string[]): void {
  if (instructionSet === required) return;
  const computes = `got isa=${required}, but the engine ${name} computes with ${instructionSet} here`;
  const problem = [computes, ...passedOver].join('\n');
  throw new InvalidInputError({ key: '--require', problem, expected: `isa=${instructionSet}, or another machine` });
}

/**
 * Those of the named engines that are available, each once: `auto` may be one that is named, too.
 *
 * @param plugins - Engines of plugins.
 * @throws InvalidInputError where a name is unknown, or none is available: the reasons and remedies.
 */
export async function availableEngines(names: readonly string[], plugins: EngineKinds = {}): Promise<EngineChoices> {
  const engines = new Map<string, Engine>();
  const passedOver: string[] = [];
  for (const name of names) {
    const found = await firstAvailable(candidates(name, plugins), 1);
    passedOver.push(...found.passedOver);
    if (found.engine !== undefined) engines.set(found.engine.name, found.engine);
  }
  if (engines.size === 0) throw new InvalidInputError({ key: 'engine', problem: passedOver.join('\n') });
  return { engines: [...engines.values()], passedOver };
}

/** TensorFlow computes on one core from now on, where the environment does not say otherwise and it is not loaded yet. */
export function oneThreadOfTensorflow(): void {
  process.env.TF_NUM_INTRAOP_THREADS ??= '1';
}

interface FirstAvailable {
  readonly engine?: Engine;
  readonly passedOver: readonly string[];
}

async function firstAvailable(
  kinds: readonly EngineKind[],
  cores: number,
  instructionSet?: string,
): Promise<FirstAvailable> {
  const passedOver: string[] = [];
  for (const kind of kinds) {
    const availability = await kind.load(cores, instructionSet);
    if (availability.available) return { engine: availability.engine, passedOver };
    const { name, reason, remedy } = availability;
    passedOver.push(`The engine ${name} is not available: ${reason}. ${remedy}.`);
  }
  return { passedOver };
}

function candidates(name: string, plugins: EngineKinds): readonly EngineKind[] {
  if (name === automaticEngine) return Object.values(engineKinds);
  const named = ({ ...engineKinds, ...plugins } as EngineKinds)[name];
  if (named !== undefined) return [named];
  const expected = [automaticEngine, ...shippedEngines, ...Object.keys(plugins)].join(', ');
  throw new InvalidInputError({ key: 'engine', problem: `got "${name}"`, expected });
}
