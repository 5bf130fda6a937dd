import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Engine, type EngineAvailability } from '@netspace/contracts';
import { enableProdMode, env, setBackend, version_core as coreVersion } from '@tensorflow/tfjs-core';
import {
  Backend,
  backendNames,
  BackendUnavailable,
  type BackendDescription,
  type BackendName,
  type LoadedBackend,
} from './backend.js';
import { portableKernels } from './kernels/portable-kernels.js';
import { registerGradients, registerKernels } from './kernels/registered-kernels.js';
import { loadTensorflow } from './load-tensorflow.js';
import { eagerStep } from './step.js';
import { TfjsEngine } from './tfjs-engine.js';

/** A backend of tfjs: the engine that trains on it, or why there is none and what would help. */
export type BackendAvailability =
  | ({ readonly name: BackendName; readonly available: true; readonly engine: Engine } & BackendDescription)
  | { readonly name: BackendName; readonly available: false; readonly reason: string; readonly remedy: string };

const loaders: Readonly<Record<BackendName, () => Promise<LoadedBackend>>> = {
  tensorflow: loadTensorflow,
  wasm: loadWasm,
  cpu: loadCpu,
};

const loaded = new Map<BackendName, Promise<BackendAvailability>>();

/**
 * Loads every backend of tfjs that this machine has, the fastest first.
 *
 * @example
 * import { loadBackends } from '@netspace/engine-tfjs';
 *
 * const backends = await loadBackends();
 * backends.map(({ name }) => name); // => ['tensorflow', 'wasm', 'cpu']
 * backends.find(({ name }) => name === 'cpu')?.available; // => true
 */
export async function loadBackends(): Promise<readonly BackendAvailability[]> {
  const backends: BackendAvailability[] = [];
  for (const name of backendNames) backends.push(await loadBackend(name));
  return backends;
}

/**
 * Loads the fastest backend that this machine has, or the one that the environment variable NETSPACE_TFJS_BACKEND
 * names, and no other.
 *
 * @example
 * import { loadEngine } from '@netspace/engine-tfjs';
 *
 * const loaded = await loadEngine();
 * if (!loaded.available) throw new Error(loaded.reason);
 * loaded.engine.name; // => 'tfjs'
 */
export async function loadEngine(): Promise<EngineAvailability> {
  const wanted = process.env.NETSPACE_TFJS_BACKEND;
  if (wanted !== undefined && wanted !== '') return asEngine(await loadNamed(wanted));
  for (const name of backendNames) {
    const backend = await loadBackend(name);
    if (backend.available) return asEngine(backend);
  }
  throw new Error('unreachable: the backend cpu always loads');
}

async function loadNamed(name: string): Promise<BackendAvailability> {
  const known = backendNames.find((other) => other === name);
  if (known !== undefined) return loadBackend(known);
  return {
    name: 'tensorflow',
    available: false,
    reason: `NETSPACE_TFJS_BACKEND is ${name}`,
    remedy: `set it to ${backendNames.join(', ')} or unset it`,
  };
}

function asEngine(backend: BackendAvailability): EngineAvailability {
  if (backend.available) return { available: true, engine: backend.engine };
  return { available: false, name: 'tfjs', reason: backend.reason, remedy: backend.remedy };
}

/** Each backend is loaded once in a process. */
function loadBackend(name: BackendName): Promise<BackendAvailability> {
  const promise = loaded.get(name) ?? tryToLoad(name);
  loaded.set(name, promise);
  return promise;
}

async function tryToLoad(name: BackendName): Promise<BackendAvailability> {
  enableProdMode();
  registerGradients();
  try {
    const backend = new Backend(name, await loaders[name]());
    const { version, device } = backend;
    return { name, available: true, engine: new TfjsEngine(backend), version, device };
  } catch (error) {
    if (error instanceof BackendUnavailable)
      return { name, available: false, reason: error.reason, remedy: error.remedy };
    const reason = error instanceof Error ? error.message : String(error);
    return { name, available: false, reason, remedy: 'see docs/tfjs.md' };
  }
}

async function loadWasm(): Promise<LoadedBackend> {
  const { setWasmPaths, version_wasm: version } = await import('@tensorflow/tfjs-backend-wasm');
  const main = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
  setWasmPaths(join(dirname(main), '/'));
  await start('wasm');
  registerKernels('wasm', portableKernels);
  const simd = (await env().getAsync('WASM_HAS_SIMD_SUPPORT')) as boolean;
  const device = `one CPU thread, ${simd ? 'with' : 'without'} SIMD`;
  return { version: `tfjs-backend-wasm ${version}`, device, makeStep: eagerStep };
}

async function loadCpu(): Promise<LoadedBackend> {
  await import('@tensorflow/tfjs-backend-cpu');
  await start('cpu');
  registerKernels('cpu', portableKernels);
  const device = 'one CPU thread, plain JavaScript';
  return { version: `tfjs-backend-cpu ${coreVersion}`, device, makeStep: eagerStep };
}

async function start(name: BackendName): Promise<void> {
  if (!(await setBackend(name))) throw new Error(`tfjs does not start the backend ${name}`);
}
