import type { Ground, Trained, TrainingOutcome } from './ground.js';

/** Trains networks of a ground once each, counts what they cost, and knows which were trained. */
export class Laboratory<Space, Network> {
  private readonly outcomes = new Map<string, { readonly network: Network; readonly outcome: TrainingOutcome }>();
  /** What trainings cost so far. */
  spent = 0;

  constructor(
    readonly ground: Ground<Space, Network>,
    private readonly budget: number,
  ) {}

  /** Networks that were trained, whether or not they could be. */
  get trainings(): number {
    return this.outcomes.size;
  }

  /** All networks with a result, in the order in which they were trained. */
  get trained(): readonly Trained<Network>[] {
    return [...this.outcomes.values()].flatMap(({ network, outcome: { error } }) =>
      error === null ? [] : [{ network, error }],
    );
  }

  /** Networks that the budget still allows at the mean cost, with `reserve` more after them; at least 0. */
  affordable(reserve: number): number {
    const meanCost = this.trainings === 0 ? 0 : this.spent / this.trainings;
    return Math.max(0, Math.floor((this.budget - this.spent) / meanCost - reserve));
  }

  /** The first networks of a stream that no decision has seen; fewer where there are no more. */
  async drawFresh(space: Space, count: number, stream: string): Promise<readonly Network[]> {
    const networks = await this.ground.draw(space, count, stream);
    return networks.filter((network) => !this.outcomes.has(this.ground.idOf(network)));
  }

  /** The errors of networks, in their order: those that were not trained are. */
  async errorsOf(networks: readonly Network[]): Promise<readonly (number | null)[]> {
    return (await this.outcomesOf(networks)).map(({ error }) => error);
  }

  /** Their errors on data that decide nothing. */
  async testErrorsOf(networks: readonly Network[]): Promise<readonly (number | null)[]> {
    return (await this.outcomesOf(networks)).map(({ error, testError = error }) => testError);
  }

  private async outcomesOf(networks: readonly Network[]): Promise<readonly TrainingOutcome[]> {
    const missing = new Map<string, Network>();
    for (const network of networks) {
      const id = this.ground.idOf(network);
      if (!this.outcomes.has(id)) missing.set(id, network);
    }
    const outcomes = missing.size === 0 ? [] : await this.ground.train([...missing.values()]);
    [...missing].forEach(([id, network], index) => {
      const outcome = outcomes[index]!;
      this.outcomes.set(id, { network, outcome });
      this.spent += outcome.cost;
    });
    return networks.map((network) => this.outcomes.get(this.ground.idOf(network))!.outcome);
  }
}
