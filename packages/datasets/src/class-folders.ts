import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InvalidInputError } from '@netspace/contracts';

/** Image files with the classes whose folders they lie in. */
export interface ClassifiedFiles {
  /** Relative to the folder that was asked for, `cat/001.png`; in the order of their classes, then of their names. */
  readonly paths: readonly string[];
  /** [paths], positions in the list of classes. */
  readonly labels: Uint16Array;
}

const isImage = (name: string): boolean => /\.(png|jpe?g)$/i.test(name);

/**
 * The classes of a folder: the names of the folders in it, in the order of their characters' codes. Hidden names are
 * passed over.
 *
 * @throws InvalidInputError where it cannot be read, has no folders, or has images in no class's folder.
 */
export async function classesIn(folder: string, remedy: string): Promise<string[]> {
  const names = await namesIn(folder, remedy);
  const stray = names.find(isImage);
  if (stray !== undefined) {
    throw new InvalidInputError({ file: join(folder, stray), problem: 'lies in no class', expected: remedy });
  }
  const areFolders = await Promise.all(names.map((name) => isFolder(join(folder, name))));
  const classes = names.filter((_, index) => areFolders[index]);
  if (classes.length === 0)
    throw new InvalidInputError({ file: folder, problem: 'has no class folders', expected: remedy });
  if (classes.length > 65_535) {
    const problem = `has ${classes.length} class folders`;
    throw new InvalidInputError({ file: folder, problem, expected: '1 to 65535' });
  }
  return classes;
}

/**
 * The images in the class folders of a folder.
 *
 * @param classes - All classes there are; the folder may lack some.
 * @throws InvalidInputError where it has a folder of another name, a folder without images, or a file that is no image.
 */
export async function classifiedFiles(
  folder: string,
  classes: readonly string[],
  remedy: string,
): Promise<ClassifiedFiles> {
  const paths: string[] = [];
  const labels: number[] = [];
  for (const name of await classesIn(folder, remedy)) {
    const label = classes.indexOf(name);
    if (label < 0) {
      const expected = `one of the ${classes.length} classes that have training images`;
      throw new InvalidInputError({ file: join(folder, name), problem: 'is no class', expected });
    }
    for (const image of await imagesIn(join(folder, name), remedy)) {
      paths.push(`${name}/${image}`);
      labels.push(label);
    }
  }
  return { paths, labels: Uint16Array.from(labels) };
}

async function imagesIn(folder: string, remedy: string): Promise<string[]> {
  const names = await namesIn(folder, remedy);
  const other = names.find((name) => !isImage(name));
  if (other !== undefined) {
    throw new InvalidInputError({ file: join(folder, other), problem: 'is no image', expected: '.png, .jpg or .jpeg' });
  }
  if (names.length > 0) return names;
  throw new InvalidInputError({ file: folder, problem: 'has no images', expected: '.png, .jpg or .jpeg files' });
}

/** Whether a path, or what a link at it points to, is a folder. */
function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (state) => state.isDirectory(),
    () => false,
  );
}

async function namesIn(folder: string, remedy: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    const problem = `cannot be read: ${(error as Error).message}`;
    throw new InvalidInputError({ file: folder, problem, expected: remedy }, { cause: error });
  });
  return names.filter((name) => !name.startsWith('.')).sort();
}
