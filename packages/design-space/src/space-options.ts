import type { DesignSpace } from './design-space.js';
import type { Distributions } from './distribution.js';

/** What the definition of a space may speak of besides what is shipped. */
export interface SpaceOptions {
  /** The distributions that parameters may name: all of them; the shipped ones by default. */
  readonly distributions?: Distributions;
  /** Finds what `extends` names and is no shipped space. */
  readonly finder?: SpaceFinder;
}

/** A place of design spaces, such as a folder of YAML files. */
export interface SpaceFinder {
  /** What it finds, for messages: names, or words such as `the path of a YAML file`. */
  readonly names: readonly string[];
  /** The space of a name; undefined where it has none. */
  find(name: string): DesignSpace | undefined;
}
