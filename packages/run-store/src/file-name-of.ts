import { createHash } from 'node:crypto';

/** Longest name as it is: with endings and temporary names it stays below the 255 bytes of file systems. */
const maximumLength = 120;

/** Names that Windows keeps for devices, whatever ending follows. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/** The design spaces of the paper and their kin are written with these capitals. */
const family = /(?<![a-z])(any|reg)net([a-z])(?![a-z])(-[a-z](?![a-z]))?/g;

/**
 * A safe file name for a name that someone chose: readable, distinct for distinct names (also where a file system ignores
 * case), and never a path. Ordinary names stay as they are; endings may be put behind it.
 *
 * - `/` becomes `+`; anything but ASCII letters, digits and `-_=,.` becomes `~` and its code.
 * - Capitals other than in names such as AnyNetX-A and RegNetY are told by a mark behind an `@`.
 * - A very long name is cut, with its hash behind `@@`.
 *
 * @example
 * import { fileNameOf } from '@netspace/run-store';
 * fileNameOf('AnyNetX-A'); // => 'AnyNetX-A'
 * fileNameOf('noise=high/RegNetX'); // => 'noise=high+RegNetX'
 * fileNameOf('../evil'); // => '~2e.+evil'
 * fileNameOf('MyNet'); // => 'MyNet@5'
 */
export function fileNameOf(name: string): string {
  if (name === '') return '~';
  const full = escaped(name) + capitalsMark(name);
  if (full.length <= maximumLength) return full;
  return `${escaped(name).slice(0, 60)}@@${createHash('sha256').update(full).digest('hex').slice(0, 32)}`;
}

function escaped(name: string): string {
  return name
    .replace(/[^A-Za-z0-9\-_=,./]|^\.|\.$/g, escapeOf)
    .replace(reserved, (device) => escapeOf(device.charAt(0)) + device.slice(1))
    .replaceAll('/', '+');
}

/** Of one UTF-16 code unit. */
function escapeOf(character: string): string {
  const code = character.charCodeAt(0).toString(16);
  return code.length <= 2 ? `~${code.padStart(2, '0')}` : `~u${code.padStart(4, '0')}`;
}

/** Which letters have another case than expected, as a number in base 36; empty where none has. */
function capitalsMark(name: string): string {
  const expected = expectedCase(name);
  let mask = 0n;
  for (let index = 0; index < name.length; index++) {
    if (name[index] !== expected[index]) mask |= 1n << BigInt(index);
  }
  return mask === 0n ? '' : `@${mask.toString(36)}`;
}

/** The name in small letters but for the capitals of the known families. */
function expectedCase(name: string): string {
  const small = name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  return small.replace(family, (_, kind: string, letter: string, step = '') => {
    return `${kind.charAt(0).toUpperCase()}${kind.slice(1)}Net${letter.toUpperCase()}${String(step).toUpperCase()}`;
  });
}
