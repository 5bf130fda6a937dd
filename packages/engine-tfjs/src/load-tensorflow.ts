import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import util from 'node:util';
import { backend, setBackend } from '@tensorflow/tfjs-core';
import { BackendUnavailable, type LoadedBackend } from './backend.js';
import { registerKernels } from './kernels/registered-kernels.js';
import type { TensorflowBackend } from './kernels/tensorflow-backend.js';
import { TensorflowKernels } from './kernels/tensorflow-kernels.js';
import { RecordedStep } from './recorded-step.js';
import { eagerStep } from './step.js';

const packageFolder = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Where tfjs-node may be: what the user installed first, then what `npm run setup:tfjs` built. */
const places = [packageFolder, process.cwd(), join(packageFolder, 'build', 'tfjs-node-gpu')];
const packageNames = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'];

/** A tfjs-node on this machine. */
export interface Installation {
  readonly packageName: string;
  readonly require: NodeJS.Require;
  readonly folder: string;
}

/** Loads tfjs-node-gpu, else tfjs-node, and gives its backend the kernels of this package. */
export async function loadTensorflow(): Promise<LoadedBackend> {
  prepareProcess();
  const installation = loadFirst(findInstallations());
  if (!(await setBackend('tensorflow'))) throw new Error('tfjs does not start the backend tensorflow');
  const tensorflow = backend() as unknown as TensorflowBackend;
  registerKernels('tensorflow', new TensorflowKernels(tensorflow));
  const { version } = installation.require(`${installation.packageName}/package.json`) as { version: string };
  const name = installation.packageName.replace('@tensorflow/', '');
  return {
    version: `${name} ${version}, TensorFlow ${tensorflow.binding.TF_Version}`,
    device: deviceOf(tensorflow),
    // The states of a recorded step pass through the memory of the CPU.
    makeStep: (definition) =>
      tensorflow.isUsingGpuDevice ? eagerStep(definition) : new RecordedStep(tensorflow, definition),
  };
}

/** What must be so before the library is loaded. */
function prepareProcess(): void {
  // tfjs-node 4.22 calls functions that Node 23 removed, and that warn before.
  const removed: { isNullOrUndefined?: unknown; isArray?: unknown } = util;
  removed.isNullOrUndefined = (value: unknown) => value === null || value === undefined;
  removed.isArray = Array.isArray;
  // Several workers share a GPU only if none takes all of its memory at the start.
  process.env.TF_FORCE_GPU_ALLOW_GROWTH ??= 'true';
  // oneDNN has the gradients of grouped convolutions that TensorFlow lacks on CPUs; warnings stay, chatter goes.
  process.env.TF_ENABLE_ONEDNN_OPTS ??= '1';
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '1';
  // Who limits the threads of an operation limits the operations at once too.
  const threads = process.env.TF_NUM_INTRAOP_THREADS;
  if (threads !== undefined) process.env.TF_NUM_INTEROP_THREADS ??= threads;
}

/** Every tfjs-node that can be found, the preferred first. */
export function findInstallations(): Installation[] {
  const found = packageNames.flatMap((packageName) =>
    places.flatMap((place) => {
      const require = createRequire(join(place, 'package.json'));
      try {
        return [{ packageName, require, folder: dirname(require.resolve(`${packageName}/package.json`)) }];
      } catch {
        return [];
      }
    }),
  );
  return found.filter(({ folder }, index) => found.findIndex((other) => other.folder === folder) === index);
}

/** Loads the first installation that works. */
function loadFirst(installations: readonly Installation[]): Installation {
  const failures: string[] = [];
  for (const installation of installations) {
    try {
      installation.require(installation.packageName);
      return installation;
    } catch (error) {
      failures.push(`${installation.folder}: ${firstLine(error)}`);
    }
  }
  const registries =
    'in a clone of netspace run `npm run setup:tfjs` (it needs package registries alone; see docs/tfjs.md)';
  if (failures.length > 0)
    throw new BackendUnavailable(failures.join('; '), `${registries}, or install the package anew`);
  throw new BackendUnavailable(
    `${packageNames.join(' and ')} are not installed`,
    `run \`npm install ${packageNames[0]!}\` where its binary can be had from storage.googleapis.com; elsewhere, ${registries}`,
  );
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0]!;
}

function deviceOf({ isUsingGpuDevice, isGPUPackage }: TensorflowBackend): string {
  if (isUsingGpuDevice) return 'the GPU';
  const cpu = `the CPU (${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} threads)`;
  if (!isGPUPackage) return cpu;
  return `${cpu}: TensorFlow sees no GPU, or not the CUDA libraries that it was built for`;
}
