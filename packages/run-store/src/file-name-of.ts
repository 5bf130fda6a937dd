import { hashOfText } from '@netspace/content-hash';

/** Longest name as it is: with endings and temporary names it stays below the 255 bytes of file systems. */
const maximumLength = 120;

/** Names that Windows keeps for devices, whatever ending follows. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/**
 * A safe file name for a name that someone chose: readable, distinct for distinct names, and never a path. Ordinary names
 * stay as they are; endings may be put behind it.
 *
 * `/` becomes `+`; anything but ASCII letters, digits and `-_=,.` becomes `~` and its code; a very long name is cut, with its
 * hash behind `@`. Some file systems ignore case: whoever checks the names of a study or of figures keeps them distinct
 * without it.
 *
 * `AnyNetX-A` stays; `noise=high/RegNetX` becomes `noise=high+RegNetX`, `../evil` `~2e.+evil`.
 */
export function fileNameOf(name: string): string {
  if (name === '') return '~';
  const full = escaped(name);
  if (full.length <= maximumLength) return full;
  return `${full.slice(0, 60)}@${hashOfText(full).slice(0, 32)}`;
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
