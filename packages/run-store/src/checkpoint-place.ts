/** Where the checkpoint of one training is kept, as bytes: a file of the run's folder, or elsewhere. */
export interface CheckpointPlace {
  /** For messages. */
  readonly name: string;
  /**
   * What was kept last; undefined where nothing was.
   *
   * @throws InvalidInputError where it cannot be read.
   */
  read(): Promise<Buffer | undefined>;
  /**
   * Keeps bytes in place of the last, whole or not at all.
   *
   * @param parts - The bytes, one part behind the other.
   * @throws InvalidInputError where they cannot be kept.
   */
  write(parts: readonly Uint8Array[]): Promise<void>;
}
