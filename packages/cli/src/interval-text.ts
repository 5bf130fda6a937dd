import type { Interval } from '@netspace/contracts';

/** `−1.20 to 3.40`; empty where it is not known. */
export function intervalText(interval: Interval | null): string {
  return interval === null ? '' : `${shortNumber(interval.low)} to ${shortNumber(interval.high)}`;
}

/** Two digits after the point. */
export function shortNumber(value: number): string {
  return value.toFixed(2).replace('-', '−');
}
