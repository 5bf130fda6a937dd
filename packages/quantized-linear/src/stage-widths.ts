import { InvalidInputError } from '@netspace/contracts';

/** A network's widths as stages: runs of blocks of one width. */
export interface StageWidths {
  /** Width of each stage in channels, > 0. */
  readonly widths: readonly number[];
  /** Blocks in each stage, integers >= 1. */
  readonly depths: readonly number[];
}

/** The stages of a sequence of block widths: each run of equal widths is one. */
export function stagesOfBlocks(blocks: readonly number[]): StageWidths {
  const widths: number[] = [];
  const depths: number[] = [];
  for (const width of blocks) {
    if (width !== widths.at(-1)) {
      widths.push(width);
      depths.push(0);
    }
    depths[depths.length - 1]!++;
  }
  return { widths, depths };
}

/** The width of every block, in order: the inverse of {@link stagesOfBlocks}. */
export function blocksOfStages({ widths, depths }: StageWidths): number[] {
  return widths.flatMap((width, stage) => new Array<number>(depths[stage]!).fill(width));
}

/** @throws InvalidInputError where there is no stage, or one without a width above 0 and a whole depth of at least 1. */
export function checkStages({ widths, depths }: StageWidths): void {
  if (widths.length === 0) fail('widths', '[]', 'at least one stage');
  if (depths.length !== widths.length)
    fail('depths', `${depths.length} of them`, `one for each of ${widths.length} widths`);
  widths.forEach((width, stage) => {
    if (!(width > 0 && width < Infinity)) fail(`widths[${stage}]`, width, 'a number above 0');
  });
  depths.forEach((depth, stage) => {
    if (!(Number.isInteger(depth) && depth >= 1)) fail(`depths[${stage}]`, depth, 'an integer of at least 1');
  });
}

function fail(key: string, value: string | number, expected: string): never {
  throw new InvalidInputError({ key, problem: `got ${value}`, expected });
}
