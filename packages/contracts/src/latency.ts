/** How long one inference pass takes, in milliseconds. */
export interface Latency {
  readonly median: number;
  readonly lowerQuartile: number;
  readonly upperQuartile: number;
  /** Passes that were measured. */
  readonly passes: number;
}

/** The inference times of a study's networks. */
export interface Latencies {
  /** What they were measured on, for people: engine, instruction set. */
  readonly engine: string;
  /** Images of one pass. */
  readonly batchSize: number;
  /** By network id. */
  readonly networks: Readonly<Record<string, Latency>>;
}
