import type { FollowedArm, SequentialComparisons } from '@netspace/analysis';
import type { TrainingRecord } from '@netspace/contracts';
import { replicatesOf, type Study } from '@netspace/study';
import type { PipelineEvent } from '../pipeline-event.js';
import type { ArmConditions } from './prepare-training.js';
import type { Populations } from './read-populations.js';

/** Follows whether every comparison of a study is as narrow as its rule asks; never where it has no rule. */
export class StopRule {
  private readonly known = new Set<string>();

  private constructor(
    private readonly study: Study,
    private readonly compared?: SequentialComparisons,
  ) {}

  static async of(study: Study, populations: Populations, conditions: readonly ArmConditions[]): Promise<StopRule> {
    const { compare, stop } = study;
    if (stop === undefined) return new StopRule(study);
    const { SequentialComparisons } = await import('@netspace/analysis');
    return new StopRule(study, new SequentialComparisons(followedArms(study, populations, conditions), compare, stop));
  }

  /** Whether no further training is needed. */
  get isMet(): boolean {
    return this.compared?.areNarrow ?? false;
  }

  /** Takes a record in; one of a training that it knows already changes nothing. */
  add(record: TrainingRecord): void {
    const { network, conditions, replicate } = record;
    const training = JSON.stringify([network.id, conditions, replicate]);
    if (this.known.has(training)) return;
    this.known.add(training);
    this.compared?.add(record);
  }

  /** Tells what is known, where there is a rule. */
  tell(onEvent: (event: PipelineEvent) => void): void {
    const { stop: rule } = this.study;
    if (this.compared === undefined || rule === undefined) return;
    onEvent({ kind: 'compared', comparisons: this.compared.comparisons, rule });
  }
}

function followedArms(study: Study, populations: Populations, conditions: readonly ArmConditions[]): FollowedArm[] {
  return conditions.map(({ arm: { name, setting, space }, hash }, index) => ({
    ...{ name, setting: setting.name, space: space.name, conditions: hash, networks: populations[index]!.networks },
    trainingsOf: (network) => replicatesOf(study, network),
  }));
}
