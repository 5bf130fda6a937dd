import { InvalidInputError } from '@netspace/contracts';
import type { z } from 'zod';
import type { Path } from './setting-layers.js';

/** What is wrong in a study file, as an issue of its schema: whoever parses the file adds file and line. */
export class StudyProblem extends Error {
  override readonly name = 'StudyProblem';

  constructor(readonly issue: z.core.$ZodIssue) {
    super(issue.message);
  }

  /** A problem in words, and what would be valid where they do not say it all. */
  static of(path: Path, problem: string, expected?: string): StudyProblem {
    return new StudyProblem({ code: 'custom', path: [...path], message: problem, params: { expected } });
  }
}

/**
 * Computes from a value at `path` of the study file.
 *
 * @throws StudyProblem at the place in the file where the value was refused with an InvalidInputError of its key alone.
 */
export function within<T>(path: Path, compute: () => T): T {
  try {
    return compute();
  } catch (error) {
    if (!(error instanceof InvalidInputError) || error.input.file !== undefined) throw error;
    const { key = '', problem, expected } = error.input;
    throw StudyProblem.of([...path, ...keysOf(key)], problem, expected);
  }
}

/** `stages[0].depth` as keys and indices. */
function keysOf(key: string): PropertyKey[] {
  return key.split(/[.[\]]+/).flatMap((part) => (part === '' ? [] : [/^\d+$/.test(part) ? Number(part) : part]));
}
