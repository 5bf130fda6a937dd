import type { Recipe } from './training.js';

/**
 * All that decides a network's result besides the network, by content: no path, no host, no date.
 *
 * A value that plain JSON holds; its hash is that of its canonical JSON (keys in order).
 */
export interface Conditions {
  /** Of everything random. */
  readonly seed: number;
  readonly recipe: Recipe;
  /** What evaluates: an engine by its name and the revision of its numerics, or a program or plugin by its content. */
  readonly evaluator: Readonly<Record<string, unknown>> & { readonly kind: string };
  /** The images as used; null where the evaluator brings its own. */
  readonly dataset: { readonly name: string; readonly hash: string } | null;
  /** Content hash of each thing of a plugin that the networks use, by what it is: `block silu_block`. */
  readonly plugins: Readonly<Record<string, string>>;
}
