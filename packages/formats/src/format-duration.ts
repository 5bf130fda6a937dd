/**
 * A duration for people: `0.42 s`, `42 s`, `3 min 10 s`, `2 h 05 min`.
 *
 * @param seconds - At least 0.
 * @example
 * import { formatDuration } from '@netspace/formats';
 * formatDuration(7500); // => '2 h 05 min'
 */
export function formatDuration(seconds: number): string {
  const whole = Math.round(seconds);
  const twoDigits = (value: number): string => String(value).padStart(2, '0');
  if (whole < 60) return `${seconds < 10 ? Number(seconds.toPrecision(2)) : whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${twoDigits(whole % 60)} s`;
  return `${Math.floor(whole / 3600)} h ${twoDigits(Math.floor((whole % 3600) / 60))} min`;
}
