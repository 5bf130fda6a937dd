import { formatCount, formatDuration, formatTable } from '@netspace/formats';

export const expected = ['398M', '3 min 10 s', 'space    networks\nRegNetX       100'];

export function compute() {
  return [formatCount(397_678_568), formatDuration(190), formatTable(['space', 'networks'], [['RegNetX', 100]])];
}
