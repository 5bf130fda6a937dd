import type { ErrorSpread } from '@netspace/analysis';
import { detectableDistance, expectedHalfWidths } from '@netspace/statistics';
import { replicatesOf, type Study } from '@netspace/study';
import type { Terminal } from './terminal.js';

/** Standard deviations of errors, in percentage points, where they are not known better: see docs/results. */
const usual = { total: 4, within: 1.2 } as const;

/** How far errors of one training each spread, and how that is known. */
export interface PlannedSpread {
  readonly total: number;
  /** Of one network's trainings. */
  readonly within: number;
  /** For people: `--spread`. */
  readonly source: string;
}

/**
 * What the command line says, else what the run has, else what is usual; of the luck of a training what the run has, else
 * what is usual.
 */
export function plannedSpread(asked: number | undefined, known: ErrorSpread | null): PlannedSpread {
  const total = asked ?? known?.total ?? usual.total;
  const within = Math.min(known?.within ?? usual.within, total);
  if (asked !== undefined) return { total, within, source: '--spread' };
  if (known === null) return { total, within, source: 'assumed: --spread' };
  return { total, within, source: `as ${known.networks} networks of this run so far` };
}

/** Prints how narrow the intervals of a study will be, and what its replicates do for them. */
export function printPrecision(terminal: Terminal, study: Study, { total, within, source }: PlannedSpread): void {
  const { networks } = study;
  if (networks < 2) return;
  const spread = spreadOfMeans(total, within, averageInverse(study));
  const { band, medianDifference } = expectedHalfWidths(networks, spread);
  terminal.print('');
  terminal.print(
    `With ${networks} networks a space whose errors spread by ${short(total)} points (${source}), 95 % intervals reach`,
  );
  terminal.print(`  ${medianDifference.toFixed(2)} points to either side of the median difference of two spaces,`);
  terminal.print(
    `  ${(100 * band).toFixed(0)} % of the networks to either side of an error distribution at its median.`,
  );
  const distance = detectableDistance(networks);
  if (distance !== null) {
    terminal.print(
      `Distributions that are ${(100 * distance).toFixed(0)} % of the networks apart are told apart (Kolmogorov-Smirnov) with 80 % chance.`,
    );
  }
  terminal.print(
    `For one point to either side, ${Math.ceil(networks * medianDifference ** 2)} networks a space are needed.`,
  );
  printReplicates(terminal, study, { total, within, spread });
}

/** What the same trainings would tell of more networks, where some are trained several times. */
function printReplicates(
  terminal: Terminal,
  study: Study,
  { total, within, spread }: Pick<PlannedSpread, 'total' | 'within'> & { readonly spread: number },
): void {
  const times = trainingsOf(study);
  const trainings = times.reduce((sum, one) => sum + one, 0);
  if (trainings === study.networks) return;
  const { medianDifference } = expectedHalfWidths(trainings, total);
  terminal.print(
    `Trainings of one network spread by ${short(within)} points: by replicates the errors that are compared spread by ${short(spread)};`,
  );
  terminal.print(
    `one training of each of ${trainings} networks a space would reach ${medianDifference.toFixed(2)} points, and not tell luck from networks.`,
  );
}

function trainingsOf(study: Study): number[] {
  return Array.from({ length: study.networks }, (_, index) => replicatesOf(study, index));
}

/** Mean over the networks of 1 / trainings. */
function averageInverse(study: Study): number {
  return trainingsOf(study).reduce((sum, times) => sum + 1 / times, 0) / study.networks;
}

/** Of the means of a network's trainings: sqrt(between^2 + within^2 / trainings). */
function spreadOfMeans(total: number, within: number, inverse: number): number {
  return Math.sqrt(total ** 2 - within ** 2 * (1 - inverse));
}

function short(points: number): string {
  return String(Number(points.toFixed(2)));
}
