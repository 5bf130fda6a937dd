import { createHash } from 'node:crypto';
import type { Study } from './study.js';

/** Hash of everything that decides a network's result, besides the network: records of another hash are not reused. */
export function recipeHash(study: Study, engine: string): string {
  const { seed, dataset, recipe } = study;
  const decisive = JSON.stringify({ seed, dataset, recipe, engine });
  return createHash('sha256').update(decisive).digest('hex').slice(0, 12);
}
