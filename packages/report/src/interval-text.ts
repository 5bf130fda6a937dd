import type { Interval } from '@netspace/contracts';

/** `+1.20 [−0.12, 2.52]`; an interval that is not known is left out. */
export function withInterval(value: number, interval: Interval | null, digits = 2): string {
  const number = (one: number): string => one.toFixed(digits).replace('-', '−');
  return interval === null ? number(value) : `${number(value)} [${number(interval.low)}, ${number(interval.high)}]`;
}
