import { expectedBest, fitLine, percentile, twoSampleKolmogorovSmirnov } from '@netspace/statistics';

export function compute() {
  const first = Array.from({ length: 40 }, (_, index) => (37 * index) % 101);
  const second = Array.from({ length: 30 }, (_, index) => 20 + ((53 * index) % 89));
  return [
    twoSampleKolmogorovSmirnov(first, second),
    expectedBest(first, 5),
    percentile(second, 50),
    fitLine(first.slice(0, 30), second),
  ];
}
