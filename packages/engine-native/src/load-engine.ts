import type { CompiledNetwork, CompileOptions, Engine, EngineAvailability, NetworkGraph } from '@netspace/contracts';
import { InvalidInputError } from '@netspace/contracts';
import { type Addon, loadAddon, withInvalidInput } from './addon.js';
import { NativeNetwork, type NetworkSetting } from './native-network.js';

const remedy =
  'install a C++17 compiler (Debian, Ubuntu: apt-get install g++; macOS: xcode-select --install) ' +
  'and run `npm explore @netspace/engine-native -- npm run build-addon`';

/** How the engine is to run. */
export interface NativeEngineOptions {
  /**
   * Threads that each call of a network may use, at least 1; 1 where there is nothing said. A phase has at most eight parts
   * to share out, so more than eight threads are of no use. Results have the same bits whatever the number.
   */
  readonly threads?: number;
  /** What it computes with (`avx512_512`, `avx512_256`, `avx2`, `baseline`); the fastest of this machine where it is left out. */
  readonly instructionSet?: string;
}

/**
 * Loads the native engine for the instruction set that is named, by the environment variable `NETSPACE_ISA` too (`avx512`, `avx2`,
 * `baseline`), else for the fastest of this machine.
 *
 * @returns the engine; or why there is none: it is neither built nor prebuilt for this machine, it does not load, or the
 * machine lacks the instruction set.
 * @throws InvalidInputError where `threads` is not a positive integer.
 * @example
 * import { loadEngine } from '@netspace/engine-native';
 *
 * const native = await loadEngine();
 * native.available ? native.engine.name : native.name; // => 'native'
 */
export function loadEngine({
  threads = 1,
  instructionSet = process.env.NETSPACE_ISA,
}: NativeEngineOptions = {}): Promise<EngineAvailability> {
  return new Promise((resolve) => {
    if (!Number.isInteger(threads) || threads < 1) {
      throw new InvalidInputError({ key: 'threads', problem: `got ${threads}`, expected: 'a positive integer' });
    }
    resolve(availability(threads, instructionSet));
  });
}

function availability(threads: number, instructionSet = ''): EngineAvailability {
  try {
    const addon = loadAddon();
    const isa = withInvalidInput(() => addon.chooseInstructionSet(instructionSet));
    return { available: true, engine: new NativeEngine(addon, { isa, threads }) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const advice =
      error instanceof InvalidInputError ? 'name one that it can run (NETSPACE_ISA, --require), or none' : remedy;
    return { available: false, name: 'native', reason, remedy: advice };
  }
}

class NativeEngine implements Engine {
  readonly name = 'native';
  // To be raised with every change of kernels or plans after which the same graph, state and batches may give other bits
  // on the same instruction set.
  readonly numerics = '3';
  readonly instructionSet: string;
  readonly description: string;

  constructor(
    private readonly addon: Addon,
    private readonly setting: NetworkSetting,
  ) {
    const { isa, threads } = setting;
    this.instructionSet = isa;
    this.description = `C++ on ${threads === 1 ? 'one core' : `${threads} cores`}, ${isa}`;
  }

  compile(graph: NetworkGraph, options: CompileOptions): Promise<CompiledNetwork> {
    return new Promise((resolve) => {
      resolve(new NativeNetwork(this.addon, graph, options, this.setting));
    });
  }
}
