import type { Arm, PluginRecord, StudyRecord } from './study.js';

/** What an arm's networks are drawn with, by what it is: `block x`, `stem res_stem_cifar`, `distribution log_uniform`. */
export function drawnWith({ setting, space }: Arm): string[] {
  const distributions = Object.values(space.parameters).flatMap((parameter) =>
    'distribution' in parameter ? [`distribution ${parameter.distribution}`] : [],
  );
  return [`block ${space.block}`, `stem ${setting.stem.type}`, ...distributions];
}

/** What an arm's networks are evaluated with, besides an engine. */
export function evaluatedWith({ evaluator }: StudyRecord, { setting, space }: Arm): string[] {
  return [
    `block ${space.block}`,
    `stem ${setting.stem.type}`,
    `dataset ${setting.dataset.name}`,
    ...(evaluator.kind === 'plugin' ? [`evaluator ${evaluator.name}`] : []),
  ];
}

/**
 * The content hash of each thing that comes from a plugin; what netspace ships is left out.
 *
 * @param things - By what they are: `block silu_block`. May repeat.
 */
export function hashesOf(things: readonly string[], plugins: readonly PluginRecord[]): Record<string, string> {
  const hashes = things.flatMap((thing): [string, string][] => {
    const plugin = plugins.find(({ provides }) => provides.includes(thing));
    return plugin === undefined ? [] : [[thing, plugin.hash]];
  });
  return Object.fromEntries(hashes);
}
