import { QueueAddress } from '@netspace/queue/address';

/** Flags as a person would type them again: those with a value of their own; a module as often as it was named. */
type Flags = Readonly<Record<string, unknown>>;

/** Flags that say where things are and what trains; the others concern one call. */
const lasting = ['out', 'data', 'engine', 'require', 'plugin', 'queue'] as const;

/**
 * The command line of a step of a study, for what a message proposes.
 *
 * @param extra - Further flags: `--resume`.
 */
export function commandLine(step: string, target: string, flags: object, ...extra: readonly string[]): string {
  return commandOf(['study', step], target, flags, ...extra);
}

/** The command line of any command on a study: `['recipe', 'check']`. */
export function commandOf(
  words: readonly string[],
  target: string,
  flags: object,
  ...extra: readonly string[]
): string {
  const own = lasting.flatMap((name) => {
    const value = (flags as Flags)[name];
    const values = (Array.isArray(value) ? value : value === undefined ? [] : [value]) as string[];
    return values.flatMap((one) => [`--${name}`, name === 'queue' ? withoutPassword(one) : one]);
  });
  return ['netspace', ...words, target, ...own, ...extra].map(quoted).join(' ');
}

/** An address as it may be printed; what is none is not. */
function withoutPassword(address: string): string {
  try {
    return String(QueueAddress.of(address));
  } catch {
    return 'ADDRESS';
  }
}

/** As a shell reads it. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
