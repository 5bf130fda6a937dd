import { type Change, changesBetween } from '@netspace/content-hash';
import { armsOf } from './arms-of.js';

import type { Arm, Setting, StudyRecord } from './study.js';
import { drawnWith, evaluatedWith, hashesOf } from './used-plugins.js';

/** What differs between the study of a run and that of its file now. */
export interface StudyChanges {
  /** More or fewer networks, trainings of each, settings or spaces: what both have stays as it is, and a run may go on. */
  readonly growth: readonly Change[];
  /** What makes other networks, or other results, of what both have. */
  readonly changes: readonly Change[];
}

/**
 * Compares the study of a run with that of its file now.
 *
 * Settings are the same by name, spaces by setting and name. The engine, and where images lie, are left out: results are
 * kept by their conditions, which name the engine and the images by content. So is what decides only what is measured beside
 * training or computed of results, or when a run ends: `latency`, `compare`, `matched`, `claims`, `stop` and `refine`.
 *
 * @example
 * import { mkdtempSync, writeFileSync } from 'node:fs';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { newStudyText, readStudy, studyChanges, studyRecord } from '@netspace/study';
 * const file = join(mkdtempSync(join(tmpdir(), 'study-')), 'study.yaml');
 * writeFileSync(file, newStudyText('first'));
 * const before = studyRecord(await readStudy(file));
 * studyChanges(before, { ...before, networks: 99 }).growth.map(({ key, now }) => [key, now]); // => [['networks', 99]]
 * studyChanges(before, { ...before, seed: 2 }).changes.map(({ key, now }) => [key, now]); // => [['seed', 2]]
 */
export function studyChanges(before: StudyRecord, now: StudyRecord): StudyChanges {
  const arms = pairsOf(armsByIdentity(before), armsByIdentity(now));
  const settings = pairsOf(byName(before.settings), byName(now.settings));
  const label = (name: string): string => (now.settings.length === 1 ? '' : `${name}: `);
  return {
    growth: [
      ...changesBetween(before.networks, now.networks, 'networks'),
      ...changesBetween(before.replicates, now.replicates, 'replicates'),
      ...changesBetween(before.replicated, now.replicated, 'replicated'),
      ...changesBetween(namesOf(before.settings), namesOf(now.settings), 'settings'),
      ...settings.flatMap(([name, old, own]) =>
        labelled(label(name), changesBetween(namesOf(old.spaces), namesOf(own.spaces), 'spaces')),
      ),
    ],
    changes: [
      ...changesBetween(before.seed, now.seed, 'seed'),
      ...changesBetween(before.evaluator, now.evaluator, 'evaluator'),
      ...settings.flatMap(([name, old, own]) => labelled(label(name), changesBetween(partsOf(old), partsOf(own)))),
      ...arms.flatMap(([, old, arm]) => changesBetween(old.space, arm.space, arm.name)),
      ...changesBetween(usedPlugins(before, arms), usedPlugins(now, arms)),
    ],
  };
}

type Pair<T> = readonly [key: string, before: T, now: T];

function pairsOf<T>(before: ReadonlyMap<string, T>, now: ReadonlyMap<string, T>): Pair<T>[] {
  return [...now].flatMap(([key, value]): Pair<T>[] => {
    const earlier = before.get(key);
    return earlier === undefined ? [] : [[key, earlier, value]];
  });
}

function byName<T extends { readonly name: string }>(things: readonly T[]): Map<string, T> {
  return new Map(things.map((thing) => [thing.name, thing]));
}

/** An arm's name changes where a study's only setting is joined by another; this does not. */
function armsByIdentity(study: StudyRecord): Map<string, Arm> {
  return new Map(armsOf(study).map((arm) => [`${arm.setting.name}/${arm.space.name}`, arm]));
}

function namesOf(things: readonly { readonly name: string }[]): string[] {
  return things.map(({ name }) => name);
}

function labelled(label: string, changes: readonly Change[]): Change[] {
  return changes.map((change) => ({ ...change, key: `${label}${change.key}` }));
}

/** What decides a setting's networks and results, but its spaces. */
function partsOf({ regime, stem, dataset, recipe }: Setting): Record<string, unknown> {
  const images = Object.fromEntries(Object.entries(dataset).filter(([key]) => key !== 'directory'));
  return { regime, stem, dataset: images, recipe };
}

/** Content hashes of the plugins that arms of both studies use. */
function usedPlugins(study: StudyRecord, arms: readonly Pair<Arm>[]): Record<string, string> {
  const things = arms.flatMap(([, , arm]) => [...drawnWith(arm), ...evaluatedWith(study, arm)]);
  return hashesOf(things, study.plugins);
}
