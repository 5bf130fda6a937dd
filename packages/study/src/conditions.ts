import { type Change, changesBetween, contentHash } from '@netspace/content-hash';
import type { Conditions, DatasetDescription, Engine } from '@netspace/contracts';
import type { Arm, StudyRecord } from './study.js';
import { evaluatedWith, hashesOf } from './used-plugins.js';
import { withoutAbsolutePaths } from './without-absolute-paths.js';

/** What decides an arm's results besides what the study says. */
export interface ConditionsSource {
  /** The images as used; null where the evaluator brings its own. */
  readonly dataset: Pick<DatasetDescription, 'name' | 'hash'> | null;
  /** What trains, by the name under which the study knows it; null where another evaluator does. */
  readonly engine: Pick<Engine, 'name' | 'numerics'> | null;
  /** The evaluator's program by content, as plain JSON, where it is a command. */
  readonly command?: unknown;
}

const hashDigits = 16;

/**
 * The conditions of an arm's results: by content, without a path or a host. Of the study's plugins only those count that
 * the arm's networks use.
 */
export function conditionsOf(study: StudyRecord, arm: Arm, source: ConditionsSource): Conditions {
  const { dataset, engine } = source;
  const engines = engine === null ? [] : [`engine ${engine.name}`];
  return {
    seed: study.seed,
    recipe: arm.setting.recipe,
    evaluator: evaluatorConditions(study, source),
    dataset: dataset === null ? null : { name: dataset.name, hash: dataset.hash },
    plugins: hashesOf([...evaluatedWith(study, arm), ...engines], study.plugins),
  };
}

function evaluatorConditions(
  { evaluator }: StudyRecord,
  { engine, command }: ConditionsSource,
): Conditions['evaluator'] {
  switch (evaluator.kind) {
    case 'train':
      if (engine === null) throw new TypeError('conditionsOf: training needs an engine');
      return { kind: 'train', engine: engine.name, numerics: engine.numerics };
    case 'command':
      if (command === undefined) throw new TypeError('conditionsOf: a command needs its content');
      return { kind: 'command', command };
    case 'plugin':
      return withoutAbsolutePaths(evaluator);
  }
}

/**
 * What identifies conditions: the first 16 hexadecimal digits of their content hash.
 *
 * @throws TypeError where they are not plain JSON.
 */
export function conditionsHash(conditions: Conditions): string {
  return contentHash(conditions).slice(0, hashDigits);
}

/**
 * What differs between two conditions, value by value, for messages.
 *
 * @example
 * import { conditionChanges, conditionsHash } from '@netspace/study';
 * import { recipeSchema } from '@netspace/trainer';
 * const conditions = { seed: 1, recipe: recipeSchema.parse({}), evaluator: { kind: 'train' }, dataset: null, plugins: {} };
 * const other = { ...conditions, seed: 2 };
 * conditionChanges(conditions, other); // => [{ key: 'seed', before: 1, now: 2 }]
 * conditionsHash(conditions) === conditionsHash(other); // => false
 */
export function conditionChanges(before: Conditions, now: Conditions): Change[] {
  return changesBetween(before, now);
}
