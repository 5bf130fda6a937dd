import {
  type FinalSample,
  InvalidInputError,
  type ProposalResult,
  type RefinedSpace,
  type Refinement,
  type RefinementStep,
} from '@netspace/contracts';
import { sampleVariance } from 'simple-statistics';
import { pairsFor } from './decide.js';
import { confirm, type DrawnSample } from './confirm.js';
import { levelAfter } from './error-budget.js';
import { farFence } from './far-fence.js';
import type { Ground, ProposedSpace, Trained } from './ground.js';
import { importancesOf } from './importances.js';
import { Laboratory } from './laboratory.js';
import type { RefineOptions } from './options.js';
import { type ErrorPrediction, predictErrors } from './predict-errors.js';
import { fewestNetworks, inOrder, screen, type Screened, type Screening } from './screen.js';
import type { RefineEvent } from './refine-event.js';

/** A space refined: the spaces themselves, from the first to the last, and how it came about. */
export interface Refined<Space, Network> {
  readonly spaces: readonly Space[];
  /** Of each space, the fresh networks of the end. */
  readonly final: readonly (readonly Network[])[];
  readonly refinement: Refinement;
}

/** Networks of each space of a confirmation that are drawn, most of which are not trained, for the mean of what is foretold. */
const drawnForMeans = 1000;

/**
 * Refines a space: proposes simpler or narrower ones by networks that are trained, confirms the likeliest on fresh networks,
 * takes the first that is confirmed, and goes on from there until nothing more is supported or the budget ends.
 *
 * The same ground, start and options come to the same result. The chance that the chain has a step that costs more than the
 * margin is at most `errorRate`: see {@link levelAfter}.
 *
 * @throws InvalidInputError where the first space has no networks, or fewer than ten of them can be trained.
 */
export async function refine<Space, Network>(
  ground: Ground<Space, Network>,
  start: Space,
  options: RefineOptions,
  onEvent: (event: RefineEvent) => void = () => undefined,
): Promise<Refined<Space, Network>> {
  return new Chain(ground, start, options, onEvent).follow();
}

/** Networks that proposals are made of, at least. */
const suggestingNetworks = 100;

/** Networks that are drawn for the end beyond those that are trained: some may have been trained before. */
const drawnForFinal = 200;

/** What a step stands on. */
interface StepGround<Network> {
  readonly step: number;
  readonly told: Omit<RefinementStep, 'proposals'>;
  /** Networks that proposals are made of. */
  readonly suggesting: readonly Trained<Network>[];
  readonly prediction: ErrorPrediction;
  /** Fresh networks of the space. */
  readonly base: DrawnSample<Network>;
}

class Chain<Space, Network> {
  private readonly laboratory: Laboratory<Space, Network>;
  private readonly spaces: Space[];
  private readonly steps: RefinementStep[] = [];
  /** Names of proposals that were tried and not accepted: they are not tried again in narrower spaces. */
  private readonly closed: Set<string>;
  /** Names of proposals that a person accepts, each once. */
  private readonly byHand: Set<string>;
  /** Names of everything that was proposed. */
  private readonly named = new Set<string>();
  /** Confirmations that were not accepted. */
  private failures = 0;
  private cap = 100;

  constructor(
    private readonly ground: Ground<Space, Network>,
    start: Space,
    private readonly options: RefineOptions,
    private readonly onEvent: (event: RefineEvent) => void,
  ) {
    this.laboratory = new Laboratory(ground, options.budget);
    this.spaces = [start];
    this.closed = new Set(options.reject);
    this.byHand = new Set(options.accept);
  }

  async follow(): Promise<Refined<Space, Network>> {
    const { ground, laboratory, options } = this;
    await laboratory.errorsOf(await ground.draw(this.spaces[0]!, options.first, 'first'));
    const errors = laboratory.trained.map(({ error }) => error);
    if (errors.length < least) throw tooFew(errors.length);
    this.cap = farFence(errors);
    let ended: string | undefined;
    while (ended === undefined) ended = await this.takeStep();
    const final = await this.drawFinal();
    return { spaces: this.spaces, final, refinement: await this.summary(ended, final) };
  }

  /** Goes to the next space; why there is none, where there is none. */
  private async takeStep(): Promise<string | undefined> {
    const current = this.spaces[this.spaces.length - 1]!;
    const step = await this.prepare(current);
    if (step.base.networks.length < fewestNetworks) {
      this.steps.push({ ...step.told, proposals: [] });
      return 'the space has too few networks that are not trained yet';
    }
    const all = this.ground.propose(current, step.suggesting, step.step);
    all.forEach(({ name }) => this.named.add(name));
    const proposed = all.filter(({ name }) => !this.closed.has(name));
    const byHand = proposed.find(({ name }) => this.byHand.delete(name));
    if (byHand !== undefined) {
      this.take(byHand, step, [acceptedByHand(byHand, this.ground.describe(byHand.space))]);
      return;
    }
    const { worth, others } = await this.screenAll(proposed, step);
    const list = [...worth.map(({ result }) => result), ...others];
    this.onEvent({ kind: 'proposed', step: step.step, proposals: list });
    if (this.options.proposeOnly) {
      this.steps.push({ ...step.told, proposals: list });
      return 'only proposals were asked for';
    }
    return this.tryInOrder(worth, others, step);
  }

  private async prepare(current: Space): Promise<StepGround<Network>> {
    const { ground, laboratory } = this;
    const step = this.spaces.length;
    const known = laboratory.trained;
    const features = known.map(({ network }) => ground.featuresOf(network));
    const prediction = predictErrors(
      features,
      known.map(({ error }) => Math.min(error, this.cap)),
    );
    const members = known.filter(({ network }) => ground.includes(current, network));
    const space = ground.describe(current);
    const { margin } = this.options;
    const marginPairs = pairsFor({
      ...{ deviation: Math.SQRT2 * this.unexplained(prediction), distance: margin, confidence: this.confidence },
    });
    const allowedPairs = Math.min(this.options.pairs, Math.floor(laboratory.affordable(this.reserve) / 2));
    const counts = { networks: members.length, marginPairs, allowedPairs };
    this.onEvent({ kind: 'proposing', step, space, ...counts, r2: prediction.r2 });
    const importances = importancesOf(
      members.map(({ network, error }) => ({ parameters: ground.parametersOf(network), error })),
    );
    const networks = await laboratory.drawFresh(current, drawnForMeans, `step ${step}`);
    const told = { space, networks: members.length, importances };
    const suggesting = [...members, ...(await this.foretoldMembers(current, members.length, step, prediction))];
    return { step, told, suggesting, prediction, base: this.foretold(networks, prediction) };
  }

  /** Where few networks of a space are trained, others with what is foretold of them: they are only proposed by. */
  private async foretoldMembers(
    space: Space,
    trained: number,
    step: number,
    prediction: ErrorPrediction,
  ): Promise<readonly Trained<Network>[]> {
    if (trained >= suggestingNetworks) return [];
    const networks = await this.laboratory.drawFresh(space, suggestingNetworks - trained, `proposing ${step}`);
    const { predicted } = this.foretold(networks, prediction);
    return networks.map((network, index) => ({ network, error: predicted[index]! }));
  }

  /** Networks that are kept for the end, were a proposal of this step accepted. */
  private get reserve(): number {
    return this.options.final * (this.spaces.length + 1);
  }

  /** Of the next confirmation. */
  private get confidence(): number {
    return 1 - levelAfter(this.failures, this.options.errorRate);
  }

  /** Standard deviation of what a prediction leaves of errors, percentage points. */
  private unexplained({ r2 }: ErrorPrediction): number {
    const errors = this.laboratory.trained.map(({ error }) => Math.min(error, this.cap));
    return Math.sqrt(sampleVariance(errors) * (1 - r2));
  }

  private foretold(networks: readonly Network[], prediction: ErrorPrediction): DrawnSample<Network> {
    return { networks, predicted: networks.map((network) => prediction.predict(this.ground.featuresOf(network))) };
  }

  /** Proposals that are worth trying, in order, and what is foretold of the others. */
  private async screenAll(
    proposed: readonly ProposedSpace<Space>[],
    { step, told, prediction, base }: StepGround<Network>,
  ): Promise<{ readonly worth: Screened<Space>[]; readonly others: ProposalResult[] }> {
    const { margin, pairs } = this.options;
    const screening: Screening<Space, Network> = {
      ...{ laboratory: this.laboratory, prediction, current: told.space, margin, pairs },
      currentErrors: base.predicted,
      deviation: this.unexplained(prediction),
      confidence: this.confidence,
    };
    const all: Screened<Space>[] = [];
    for (const one of proposed) all.push(await screen(one, streamOf(step, one), screening));
    return {
      worth: inOrder(
        all.filter(({ result }) => result.reason === ''),
        margin,
      ),
      others: all.filter(({ result }) => result.reason !== '').map(({ result }) => result),
    };
  }

  private async tryInOrder(
    worth: readonly Screened<Space>[],
    others: readonly ProposalResult[],
    step: StepGround<Network>,
  ): Promise<string | undefined> {
    const tried: ProposalResult[] = [];
    for (const [index, { proposed, result }] of worth.entries()) {
      const outcome = await this.tryOne(proposed, result, step);
      tried.push(outcome);
      this.onEvent({ kind: 'decided', step: step.step, proposal: outcome });
      const left = [...worth.slice(index + 1).map(passedOver), ...others];
      if (outcome.verdict === 'accepted') {
        this.take(proposed, step, [...left, ...tried]);
        return;
      }
      this.closed.add(proposed.name);
      if (outcome.reason === outOfBudget) {
        this.steps.push({ ...step.told, proposals: [...left, ...tried] });
        return outOfBudget;
      }
    }
    this.steps.push({ ...step.told, proposals: [...others, ...tried] });
    return worth.length === 0
      ? 'no proposal for the last space is worth trying'
      : 'no proposal for the last space was confirmed';
  }

  private async tryOne(
    proposed: ProposedSpace<Space>,
    result: ProposalResult,
    { step, prediction, base }: StepGround<Network>,
  ): Promise<ProposalResult> {
    const { margin, pairs: most } = this.options;
    const { laboratory, confidence } = this;
    const networks = await laboratory.drawFresh(proposed.space, drawnForMeans, streamOf(step, proposed));
    const confirmed = await confirm(this.foretold(networks, prediction), {
      ...{ laboratory, base, cap: this.cap, reserve: this.reserve },
      question: { threshold: result.goal === 'helps' ? 0 : margin, confidence, most },
      onLook: (look) => this.onEvent({ kind: 'looked', proposal: proposed.name, ...look, spent: laboratory.spent }),
    });
    if (confirmed.verdict !== 'accepted' && confirmed.pairs > 0) this.failures++;
    return { ...result, ...confirmed, confidence };
  }

  private take(proposed: ProposedSpace<Space>, { told }: StepGround<Network>, proposals: ProposalResult[]): undefined {
    this.steps.push({ ...told, proposals });
    this.spaces.push(proposed.space);
    return undefined;
  }

  /** Networks of every space of the chain that decided nothing. */
  private async drawFinal(): Promise<(readonly Network[])[]> {
    const { ground, laboratory, spaces, options } = this;
    const final: (readonly Network[])[] = [];
    if (!options.proposeOnly) this.onEvent({ kind: 'ended', spaces: spaces.length, networks: options.final });
    for (const space of options.proposeOnly || options.final === 0 ? [] : spaces) {
      const networks = await laboratory.drawFresh(
        space,
        options.final + drawnForFinal,
        `final ${ground.describe(space).name}`,
      );
      final.push(networks.slice(0, options.final));
    }
    return final;
  }

  private async summary(ended: string, drawn: readonly (readonly Network[])[]): Promise<Refinement> {
    const { ground, laboratory, options, cap, steps } = this;
    const spaces = this.spaces.map((space) => ground.describe(space));
    const final: FinalSample[] = [];
    for (const [index, networks] of drawn.entries()) {
      const errors = await laboratory.testErrorsOf(networks);
      final.push({ space: spaces[index]!.name, errors: errors.filter((error) => error !== null) });
    }
    const { margin, errorRate, budget, accept, reject } = options;
    const notProposed = [...accept, ...reject].filter((name) => !this.named.has(name));
    const { trainings, spent } = laboratory;
    return { margin, errorRate, cap, trainings, spent, budget, spaces, steps, ended, notProposed, final };
  }
}

/** Trained networks by which proposals can be made. */
const least = 10;

function tooFew(trained: number): InvalidInputError {
  const problem = `${trained} of the first networks could be trained`;
  return new InvalidInputError({ problem, expected: `at least ${least}, by which proposals are made` });
}

function passedOver({ result }: Screened<unknown>): ProposalResult {
  return { ...result, reason: 'another was tried first' };
}

const outOfBudget = 'the budget ended';

function streamOf(step: number, { name }: { readonly name: string }): string {
  return `step ${step} ${name}`;
}

function acceptedByHand({ name, statement }: ProposedSpace<unknown>, space: RefinedSpace): ProposalResult {
  return {
    ...{ name, statement, space, goal: 'loses nothing', predicted: null, effect: null, interval: null },
    ...{ confidence: null, pairs: 0, explained: null, trainings: 0 },
    ...{ verdict: 'accepted', reason: 'by hand, not confirmed' },
  };
}
