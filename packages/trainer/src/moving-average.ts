import type { CompiledNetwork, NetworkState, Recipe } from '@netspace/contracts';

/** The moving average of a network's state. */
export interface MovingAverage {
  readonly state: NetworkState;
  /** Moves it towards the network's state, as pycls after an epoch's first step (0) and every `period` steps from there. */
  afterStep(epoch: number, step: number): Promise<void>;
}

/**
 * Opens the moving average that the recipe asks for, if any.
 *
 * @param before - What it was when the training was broken off; else it starts as the network's present state.
 */
export async function openMovingAverage(
  network: CompiledNetwork,
  recipe: Recipe,
  before?: NetworkState,
): Promise<MovingAverage | undefined> {
  const { movingAverage } = recipe;
  if (movingAverage === undefined) return undefined;
  const state = before ?? (await network.getState());
  return {
    state,
    async afterStep(epoch, step) {
      if (step % movingAverage.period !== 0) return;
      moveAverage(state, await network.getState(), averageWeight(recipe, movingAverage, epoch));
    },
  };
}

/**
 * Weight of the network's state in one update of its moving average, as pycls (core/net.py, `update_model_ema`):
 * (1 - decay) * batch size * period / epochs, at most 1. So adjusted, one `decay` serves different batch sizes, periods
 * and numbers of epochs. In epochs that begin within the warm-up the average is a copy of the state: weight 1.
 */
function averageWeight(
  { batchSize, epochs, warmup }: Pick<Recipe, 'batchSize' | 'epochs' | 'warmup'>,
  { decay, period }: NonNullable<Recipe['movingAverage']>,
  epoch: number,
): number {
  return epoch < warmup.epochs ? 1 : Math.min(1, ((1 - decay) * batchSize * period) / epochs);
}

/** average = (1 - weight) average + weight state, for every parameter and buffer, in place. */
function moveAverage(average: NetworkState, state: NetworkState, weight: number): void {
  for (const [name, values] of average) {
    const target = state.get(name)!;
    for (let i = 0; i < values.length; i++) values[i] = (1 - weight) * values[i]! + weight * target[i]!;
  }
}
