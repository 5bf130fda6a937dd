import type { Interval } from './sample-statistics.js';
import type { StudyAnalysis } from './study-analysis.js';

/** What a study's own data say of a claim. */
export interface ClaimEvidence {
  /** Where it was looked at, for people: names of arms, or of a setting. */
  readonly where: string;
  /** What was measured: `difference of medians, AnyNetX-A - AnyNetX-B`. */
  readonly statistic: string;
  /** `percentage points`, `share of networks`; empty where it has none. */
  readonly unit: string;
  /** Null where the data do not have it: the claim is undecided. */
  readonly effect: number | null;
  /** 95 %. */
  readonly interval: Interval | null;
  /** Name of the test: `Brunner-Munzel, one-sided`. */
  readonly test: string;
  /** What the effect is compared with: of "loses nothing", the loss that would count as one. */
  readonly margin: number;
  /** Chance of such data, were the claim false: small where the data speak for it. In [0, 1]. */
  readonly falseP: number;
  /** Chance of such data, were the claim true: small where they speak against it. In [0, 1]. */
  readonly trueP: number;
  /** Networks that it rests on: of the smaller arm where two are compared. */
  readonly networks: number;
}

/** A kind of statement about design spaces that a study can decide. */
export interface ClaimKind {
  /** The statement in a sentence. */
  readonly statement: string;
  /** Where it was made: `section 3.2, Fig. 5`. */
  readonly source: string;
  /** The evidence, one for each place where the analysis can tell; none where the study has not what it needs. */
  readonly evidence: (analysis: Omit<StudyAnalysis, 'claims'>) => readonly ClaimEvidence[];
}

/** A claim and what the study decides about it. */
export interface ClaimResult extends ClaimEvidence {
  /** Name of its kind: `sharing-b-loses-nothing`. */
  readonly name: string;
  readonly statement: string;
  readonly source: string;
  /** The p-values, adjusted for all claims of the study in both directions (Holm). */
  readonly adjustedFalseP: number;
  readonly adjustedTrueP: number;
  /** Supported or contradicted where that adjusted p is below 0.05. */
  readonly verdict: 'supported' | 'contradicted' | 'undecided';
  /** Networks, as `networks` counts them, that would decide it were the effect what it is now; null where it is decided or none would. */
  readonly decidingNetworks: number | null;
}
