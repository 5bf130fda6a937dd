/** How a space is refined. */
export interface RefineOptions {
  /** Percentage points of mean error, above 0: what counts as a loss. */
  readonly margin: number;
  /** Chance, at most, that the chain has a step that costs more than the margin: in (0, 1). */
  readonly errorRate: number;
  /** What trainings may cost in all, in the ground's unit. */
  readonly budget: number;
  /** Networks of the first space by which the first proposals are made, at least 10. */
  readonly first: number;
  /** Networks of each of the two spaces that a confirmation may take, at most; at least 12. */
  readonly pairs: number;
  /** Fresh networks of every space of the chain that are trained at its end; 0: none. */
  readonly final: number;
  /** Names of proposals that are accepted by hand, without being confirmed. */
  readonly accept: readonly string[];
  /** Names of proposals that are not tried. */
  readonly reject: readonly string[];
  /** End after the first proposals, before any is confirmed. */
  readonly proposeOnly: boolean;
}
