import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';

/** A command by content: its words; in place of a file its name and SHA-256, in place of a folder its name. */
export type CommandContent = readonly (string | { readonly name: string; readonly sha256: string })[];

/**
 * What identifies a program for the conditions of its results: each word of its command, a file by name and content, a
 * folder by name, so that the same program elsewhere is the same.
 *
 * It does not see what the program reads by itself: modules that it imports, its data, the version of an interpreter that
 * is found on the PATH, a path inside a word (`--data=/images`). Files that matter may be named as further words.
 *
 * @param directory - Folder that the words are meant from: the study's.
 * @example
 * import { commandContent } from '@netspace/evaluators';
 * commandContent(['python3', '--version'], '.'); // => ['python3', '--version']
 */
export function commandContent(command: readonly string[], directory: string): CommandContent {
  return command.map((word) => {
    const path = resolve(directory, word);
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats?.isFile() === true) {
      return { name: basename(path), sha256: createHash('sha256').update(readFileSync(path)).digest('hex') };
    }
    return stats?.isDirectory() === true ? basename(path) : word;
  });
}
