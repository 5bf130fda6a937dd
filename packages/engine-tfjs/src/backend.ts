import { getBackend, setBackend } from '@tensorflow/tfjs-core';
import type { Step, StepDefinition } from './step.js';

/** tfjs' backends, the fastest first. */
export const backendNames = ['tensorflow', 'wasm', 'cpu'] as const;

/** `tensorflow`: tfjs-node-gpu or tfjs-node; `wasm`: WebAssembly; `cpu`: plain JavaScript. */
export type BackendName = (typeof backendNames)[number];

/** What a loaded backend is, for people. */
export interface BackendDescription {
  /** Packages and their versions. */
  readonly version: string;
  /** Where it computes. */
  readonly device: string;
}

/** What a loader knows of its backend. */
export interface LoadedBackend extends BackendDescription {
  /** The form of a step that the backend runs fastest. */
  readonly makeStep: (definition: StepDefinition) => Step;
}

/** A backend that is loaded. tfjs computes on one at a time: whoever uses it calls `use` first. */
export class Backend implements LoadedBackend {
  readonly version: string;
  readonly device: string;
  readonly makeStep: LoadedBackend['makeStep'];

  constructor(
    readonly name: BackendName,
    { version, device, makeStep }: LoadedBackend,
  ) {
    this.version = version;
    this.device = device;
    this.makeStep = makeStep;
  }

  /** Makes it the one that tfjs computes on. A loaded backend is set before the promise settles. */
  use(): void {
    if (getBackend() !== this.name) void setBackend(this.name);
  }
}

/** Why a backend does not load, and what would help. */
export class BackendUnavailable extends Error {
  override readonly name = 'BackendUnavailable';

  constructor(
    readonly reason: string,
    readonly remedy: string,
  ) {
    super(`${reason}; ${remedy}`);
  }
}
