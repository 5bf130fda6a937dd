import { InvalidInputError, type ProposalResult, type RefinedSpace } from '@netspace/contracts';
import { expectedBest } from '@netspace/statistics';
import { mean } from 'simple-statistics';
import { pairsFor } from './decide.js';
import type { ProposedSpace } from './ground.js';
import type { Laboratory } from './laboratory.js';
import type { ErrorPrediction } from './predict-errors.js';

/** A proposal with what is foretold of it. */
export interface Screened<Space> {
  readonly proposed: ProposedSpace<Space>;
  readonly result: ProposalResult;
}

/** What proposals are screened with. */
export interface Screening<Space, Network> {
  readonly laboratory: Laboratory<Space, Network>;
  readonly prediction: ErrorPrediction;
  /** Standard deviation of what the prediction does not explain of a network's error, percentage points. */
  readonly deviation: number;
  readonly current: RefinedSpace;
  /** Predicted errors of fresh networks of the current space, per cent. */
  readonly currentErrors: readonly number[];
  readonly margin: number;
  readonly confidence: number;
  readonly pairs: number;
}

/** Networks that are drawn of a proposed space, none of which is trained, to foretell its mean error. */
const screened = 200;

/** What is foretold of a proposal, and whether it is worth trying. */
export async function screen<Space, Network>(
  proposed: ProposedSpace<Space>,
  stream: string,
  screening: Screening<Space, Network>,
): Promise<Screened<Space>> {
  const { laboratory, prediction, current, currentErrors, margin } = screening;
  const { ground } = laboratory;
  const space = ground.describe(proposed.space);
  const goal = space.degreesOfFreedom < current.degreesOfFreedom ? 'loses nothing' : 'helps';
  const untried = { ...unmeasured, name: proposed.name, statement: proposed.statement, space, goal } as const;
  const networks = await drawn(() => laboratory.drawFresh(proposed.space, screened, stream));
  if (typeof networks === 'string') return { proposed, result: { ...untried, predicted: null, reason: networks } };
  const errors = networks.map((network) => prediction.predict(ground.featuresOf(network)));
  const predicted = mean(errors) - mean(currentErrors);
  const threshold = goal === 'helps' ? 0 : margin;
  const losesBest = bestOf(errors) > bestOf(currentErrors) + margin;
  const reason = losesBest ? 'foretold to lose the best networks' : hopelessness(threshold - predicted, screening);
  return { proposed, result: { ...untried, predicted, reason } };
}

/** Networks among which a search finds a good one (the paper's RegNets: section 4): their best must stay in a proposed space. */
const searched = 32;

function bestOf(errors: readonly number[]): number {
  return expectedBest(errors, Math.min(searched, errors.length));
}

const unmeasured = {
  ...{ effect: null, interval: null, confidence: null, pairs: 0, explained: null, trainings: 0 },
  verdict: 'not tried',
} as const;

/** Why a proposal is not worth trying; empty where it is. The prediction may err by half of the margin. */
function hopelessness<Space, Network>(
  distance: number,
  { margin, deviation, confidence, pairs }: Screening<Space, Network>,
): string {
  if (distance + margin / 2 <= 0) return 'foretold to cost too much';
  const needed = pairsFor({ deviation: Math.SQRT2 * deviation, distance: distance + margin / 2, confidence });
  return needed > pairs ? 'foretold to change too little to be confirmed' : '';
}

/** The networks; where there are too few of them, why. */
async function drawn<Network>(draw: () => Promise<readonly Network[]>): Promise<readonly Network[] | string> {
  try {
    const networks = await draw();
    return networks.length >= fewestNetworks
      ? networks
      : `has hardly more than ${networks.length} networks, or they are too rare`;
  } catch (error) {
    if (error instanceof InvalidInputError) return `cannot be drawn: ${error.input.problem}`;
    throw error;
  }
}

/** Networks that a space must have, so that it is worth comparing. */
export const fewestNetworks = 12;

/**
 * The order in which proposals are tried: by what they are foretold to gain, in whole margins, then by the degrees of freedom
 * and the size that they take away.
 */
export function inOrder<Space>(proposals: readonly Screened<Space>[], margin: number): Screened<Space>[] {
  const keys = ({ result: { predicted, space } }: Screened<Space>): number[] => [
    Math.round(predicted! / margin),
    space.degreesOfFreedom,
    space.log10Size,
    predicted!,
  ];
  return [...proposals].sort((a, b) => {
    const [of, other] = [keys(a), keys(b)];
    const index = of.findIndex((key, position) => key !== other[position]);
    return index < 0 ? 0 : of[index]! - other[index]!;
  });
}
