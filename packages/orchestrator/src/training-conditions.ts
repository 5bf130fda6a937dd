import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { contentHash } from './content-hash.js';
import { readJson, writeJson } from './json-file.js';
import type { RunFolder } from './run-folder.js';
import type { Study } from './study.js';

/** Everything that decides a network's result, besides the network. */
export interface TrainingConditions extends Pick<Study, 'seed' | 'dataset' | 'recipe'> {
  /** The engine's own name. */
  readonly engine: string;
  /** Hash of each of the study's own modules, by its path in the study file; left out where it has none. */
  readonly modules?: Readonly<Record<string, string>>;
}

/** The conditions under which an engine trains a study's networks. */
export function conditionsOf({ seed, dataset, recipe, blocks, directory }: Study, engine: string): TrainingConditions {
  const conditions = { seed, dataset, recipe, engine };
  if (blocks.length === 0) return conditions;
  const hashes = blocks.map((path): [string, string] => [path, contentHash(resolve(directory, path))]);
  return { ...conditions, modules: Object.fromEntries(hashes) };
}

/** Hash of the conditions: records of another hash are not reused. */
export function recipeHash(conditions: TrainingConditions): string {
  return createHash('sha256').update(JSON.stringify(conditions)).digest('hex').slice(0, 12);
}

/** Writes what the hash in the records stands for. */
export function writeConditions(folder: RunFolder, conditions: TrainingConditions): void {
  writeJson(folder.recipe(recipeHash(conditions)), conditions);
}

/** `; changed since: recipe.epochs, ./my-block.mjs`, for messages; empty where it was not written down what a hash stands for. */
export function changesSince(folder: RunFolder, hash: string, conditions: TrainingConditions): string {
  const file = folder.recipe(hash);
  if (!existsSync(file)) return '';
  const [before, now] = [leavesOf(readJson(file, 'netspace study train')), leavesOf(conditions)];
  const names = [...new Set([...before.keys(), ...now.keys()])];
  return `; changed since: ${names.filter((name) => before.get(name) !== now.get(name)).join(', ')}`;
}

/** Each value by its path; a module by its own path alone. */
function leavesOf(value: unknown, path = ''): Map<string, string> {
  if (typeof value !== 'object' || value === null) return new Map([[path, JSON.stringify(value)]]);
  const prefix = path === '' || path === 'modules' ? '' : `${path}.`;
  return new Map(Object.entries(value).flatMap(([key, inner]) => [...leavesOf(inner, `${prefix}${key}`)]));
}
