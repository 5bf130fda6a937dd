import type { Study, StudyRecord } from './study.js';
import { withoutAbsolutePaths } from './without-absolute-paths.js';

/**
 * The plain form of a study, which a run keeps: the same wherever the study, its plugins and its images lie. Of an absolute
 * path its last part is left.
 */
export function studyRecord({
  name,
  seed,
  networks,
  replicates,
  replicated,
  engine,
  evaluator,
  plugins,
  compare,
  matched,
  claims,
  stop,
  latency,
  refine,
  settings,
}: Study): StudyRecord {
  return {
    ...{ name, seed, networks, replicates, engine, compare, matched, claims },
    ...(replicated === undefined ? {} : { replicated }),
    ...(stop === undefined ? {} : { stop }),
    ...(latency === undefined ? {} : { latency }),
    ...(refine === undefined ? {} : { refine }),
    evaluator: withoutAbsolutePaths(evaluator),
    plugins: plugins.map((plugin) => ({ ...plugin, specifier: withoutAbsolutePaths(plugin.specifier) })),
    settings: settings.map((setting) => ({ ...setting, dataset: withoutAbsolutePaths(setting.dataset) })),
  };
}
