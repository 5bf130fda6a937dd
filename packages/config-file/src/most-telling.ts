import type { z } from 'zod';

export type Issue = z.core.$ZodIssue;

/**
 * The issue to report: an unknown key before others, since a misspelt key is missing under its right name too; of a
 * union's issues, those of the alternative that fits best. Its path starts at the root.
 *
 * @example
 * import { mostTelling } from '@netspace/config-file';
 * import { z } from 'zod';
 * const result = z.strictObject({ epochs: z.int() }).safeParse({ epoch: 3 });
 * mostTelling(result.error?.issues ?? []).code; // => 'unrecognized_keys'
 */
export function mostTelling(issues: readonly Issue[]): Issue {
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]!;
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return issue;
  const best = bestFitting(issue.errors);
  if (isOfAnotherKind(best)) return issue;
  const inner = withAllNames(mostTelling(best), issue.errors);
  return { ...inner, path: [...issue.path, ...inner.path] };
}

/** The alternative whose kind and names are right, and of these the one with the fewest issues. */
function bestFitting(alternatives: readonly (readonly Issue[])[]): readonly Issue[] {
  return [...alternatives].sort((a, b) => misfit(a) - misfit(b) || a.length - b.length)[0]!;
}

function misfit(issues: readonly Issue[]): number {
  if (isOfAnotherKind(issues)) return 2;
  return issues.some(isWrongName) ? 1 : 0;
}

/** Whether the value itself, and not something in it, is wrong: a number where a map is due. */
function isOfAnotherKind(issues: readonly Issue[]): boolean {
  return issues.some(({ code, path }) => path.length === 0 && (code === 'invalid_type' || code === 'invalid_value'));
}

/** Whether a key has not the one value by which the alternative is told from others: `name: mnist`. */
function isWrongName(issue: Issue): issue is z.core.$ZodIssueInvalidValue {
  return issue.code === 'invalid_value' && issue.values.length === 1 && issue.path.length === 1;
}

/** Where the best alternative fails by its name, the issue with the names of all alternatives. */
function withAllNames(issue: Issue, alternatives: readonly (readonly Issue[])[]): Issue {
  if (!isWrongName(issue)) return issue;
  const values = alternatives
    .flat()
    .filter(isWrongName)
    .filter(({ path }) => path[0] === issue.path[0])
    .flatMap((other) => other.values);
  return { ...issue, values: [...new Set(values)] };
}
