import { trainingIdentity, type TrainingRecord, type TrainingTask } from '@netspace/contracts';

/**
 * The tasks that no record answers: those without one, and those whose record says that they failed.
 *
 * What several arms ask for is there once, as the first asks for it. The order stays.
 *
 * @param records - The newest of each identity (network.id, conditions, replicate).
 * @example
 * import type { TrainingTask } from '@netspace/contracts';
 * import { missingTasks } from '@netspace/population';
 * const config = {
 *   stem: { type: 'res_stem_cifar', width: 8 },
 *   block: 'x',
 *   stages: [{ depth: 1, width: 8, stride: 1, bottleneckRatio: 1, groupWidth: 8 }],
 *   squeezeExcitationRatio: 0,
 *   headWidth: 0,
 *   classes: 10,
 *   imageSize: 8,
 *   imageChannels: 1,
 * };
 * const network = { id: 'n0', index: 0, config, complexity: { flops: 1, params: 1, acts: 1 }, parameters: {} };
 * const task: TrainingTask = { arm: 'a', network, replicate: 0, seed: 7, conditions: 'c1' };
 * missingTasks([task, { ...task, arm: 'b' }, { ...task, replicate: 1 }], []).map(({ replicate }) => replicate); // => [0, 1]
 */
export function missingTasks(
  tasks: readonly TrainingTask[],
  records: readonly TrainingRecord[],
): readonly TrainingTask[] {
  const seen = new Set(records.filter(({ status }) => status !== 'failed').map(trainingIdentity));
  return tasks.filter((task) => {
    const identity = trainingIdentity(task);
    if (seen.has(identity)) return false;
    seen.add(identity);
    return true;
  });
}
