import type { BlockType } from './block-type.js';
import type { StemType } from './stem-type.js';

/** The block and stem types that networks may name: those that netspace ships, and those of plugins. */
export interface Architecture {
  readonly blocks: Readonly<Record<string, BlockType>>;
  readonly stems: Readonly<Record<string, StemType>>;
}
