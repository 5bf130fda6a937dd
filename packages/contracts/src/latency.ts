/** How long one inference pass takes, in milliseconds. */
export interface Latency {
  readonly median: number;
  readonly lowerQuartile: number;
  readonly upperQuartile: number;
  /** Passes that were measured. */
  readonly passes: number;
}

/** The inference times of a study's networks by one engine, in passes of one size. */
export interface LatencySeries {
  /** The engine and what it computes with: `native (avx512_256)`, `tfjs (wasm)`. */
  readonly engine: string;
  /** The engine in full, for people: version, device, cores. */
  readonly description: string;
  /** Images of one pass. */
  readonly batchSize: number;
  /** By network id. */
  readonly networks: Readonly<Record<string, Latency>>;
}

/** The inference times of a study's networks: one series for each engine and size of a pass. */
export type Latencies = readonly LatencySeries[];
