import type { ArmAnalysis, ComparedArms } from '@netspace/contracts';

/** What of an arm decides with which others it is compared. */
type Compared = Pick<ArmAnalysis, 'setting' | 'space'>;

/** The arms of each setting as `compare` says, and each with the first arm of its space: that of the first setting. */
export function pairsOfArms<Arm extends Compared>(
  arms: readonly Arm[],
  compare: ComparedArms,
): (readonly [first: Arm, other: Arm])[] {
  return arms.flatMap((other, index) => {
    const before = arms.slice(0, index);
    const firstOfSpace = before.filter(({ space }) => space === other.space).slice(0, 1);
    return [
      ...referencesOf(
        before.filter(({ setting }) => setting === other.setting),
        compare,
      ),
      ...firstOfSpace,
    ].map((first) => [first, other] as const);
  });
}

/** @param before - The arms of one setting before the one that is compared. */
function referencesOf<Arm>(before: readonly Arm[], compare: ComparedArms): readonly Arm[] {
  switch (compare) {
    case 'predecessor':
      return before.slice(-1);
    case 'first':
      return before.slice(0, 1);
    case 'all':
      return before;
  }
}
