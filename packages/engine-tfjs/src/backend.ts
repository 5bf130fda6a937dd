import { getBackend, setBackend } from '@tensorflow/tfjs-core';

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

/** A backend that is loaded. tfjs computes on one at a time: whoever uses it calls `use` first. */
export class Backend implements BackendDescription {
  readonly version: string;
  readonly device: string;

  constructor(
    readonly name: BackendName,
    { version, device }: BackendDescription,
  ) {
    this.version = version;
    this.device = device;
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
