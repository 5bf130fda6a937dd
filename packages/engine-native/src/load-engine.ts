import type { CompiledNetwork, CompileOptions, Engine, EngineAvailability, NetworkGraph } from '@netspace/contracts';
import { InvalidInputError } from '@netspace/contracts';
import { type Addon, loadAddon, withInvalidInput } from './addon.js';
import { NativeNetwork } from './native-network.js';

const remedy =
  'install a C++17 compiler (Debian, Ubuntu: apt-get install g++; macOS: xcode-select --install) ' +
  'and run `npm explore @netspace/engine-native -- npm run build-addon`';

/**
 * Loads the native engine for the fastest instruction set of this machine, or for the one that the environment variable
 * `NETSPACE_ISA` names (`avx512`, `avx2`, `baseline`).
 *
 * @returns the engine; or why there is none: it is neither built nor prebuilt for this machine, it does not load, or the machine lacks the instruction set.
 * @example
 * import { loadEngine } from '@netspace/engine-native';
 *
 * const native = await loadEngine();
 * native.available ? native.engine.name : native.name; // => 'native'
 */
export function loadEngine(): Promise<EngineAvailability> {
  return Promise.resolve(availability());
}

function availability(): EngineAvailability {
  try {
    const addon = loadAddon();
    const isa = withInvalidInput(() => addon.chooseInstructionSet(process.env.NETSPACE_ISA ?? ''));
    return { available: true, engine: new NativeEngine(addon, isa) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const advice = error instanceof InvalidInputError ? 'set NETSPACE_ISA to one that it can run, or unset it' : remedy;
    return { available: false, name: 'native', reason, remedy: advice };
  }
}

class NativeEngine implements Engine {
  readonly name = 'native';
  readonly description: string;

  constructor(
    private readonly addon: Addon,
    private readonly isa: string,
  ) {
    this.description = `C++ on one core, ${isa}`;
  }

  compile(graph: NetworkGraph, options: CompileOptions): Promise<CompiledNetwork> {
    return new Promise((resolve) => {
      resolve(new NativeNetwork(this.addon, graph, options, this.isa));
    });
  }
}
