import type { SampledNetwork, TrainingRecord } from '@netspace/contracts';
import { errorsOf } from '@netspace/statistics';

/** The networks of an arm, and the trainings that are asked for of each. */
interface AskedNetworks {
  readonly networks: readonly SampledNetwork[];
  /** By index of the network. */
  readonly trainingsOf: (index: number) => number;
}

/** The errors of an arm's networks by their index, as records come in. */
export class ArmErrors {
  /** By index of the network; by replicate. */
  private readonly records = new Map<number, Map<number, TrainingRecord>>();
  private readonly indexes: ReadonlyMap<string, number>;

  constructor(private readonly asked: AskedNetworks) {
    this.indexes = new Map(asked.networks.map(({ id, index }) => [id, index]));
  }

  /** A record of the arm's conditions. One of a network or replicate that the arm does not ask for is passed over. */
  add(record: TrainingRecord): void {
    const index = this.indexes.get(record.network.id);
    if (index === undefined || record.replicate >= this.asked.trainingsOf(index)) return;
    const records = this.records.get(index) ?? new Map<number, TrainingRecord>();
    this.records.set(index, records.set(record.replicate, record));
  }

  /**
   * Mean test error of a network's trainings, per cent; undefined as long as one of them is missing, null where none could
   * be trained.
   */
  at(index: number): number | null | undefined {
    const records = this.records.get(index);
    if (records === undefined || records.size < this.asked.trainingsOf(index)) return undefined;
    const errors = errorsOf([...records.values()]);
    return errors.length === 0 ? null : errors.reduce((sum, error) => sum + error, 0) / errors.length;
  }
}
