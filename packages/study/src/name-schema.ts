import { z } from 'zod';

/** What every name is made of: safe as the name of a file or folder on every system. */
const characters = /^\w[\w .,=+-]*$/;
const reservedOnWindows = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
const longest = 100;

/**
 * Why a text cannot name a study, a setting or a space, whose results lie in files of that name; undefined where it can.
 */
export function nameProblem(name: string): string | undefined {
  if (!characters.test(name))
    return 'letters, digits, "_", " ", ".", ",", "=", "+" and "-", a letter, digit or "_" first';
  if (/[ .]$/.test(name)) return 'a name that does not end in a dot or a space';
  if (reservedOnWindows.test(name)) return 'a name that Windows does not keep for devices';
  if (name.length > longest) return `at most ${longest} characters`;
  return undefined;
}

/** A name of a study or a setting. */
export const nameSchema = z.string().check((context) => {
  const expected = nameProblem(context.value);
  if (expected === undefined) return;
  const message = `got ${JSON.stringify(context.value)}`;
  context.issues.push({ code: 'custom', message, params: { expected }, input: context.value });
});

/** The first of the names that another one before it equals but for the case of its letters: they would share a file. */
export function repeatedName(names: readonly string[]): string | undefined {
  const folded = names.map((name) => name.toLowerCase());
  return names.find((_, index) => folded.indexOf(folded[index]!) !== index);
}
