import { expand } from '@netspace/quantized-linear';

/** The stages of RegNetX-400MF, by Table 8 of the paper and pycls' model zoo. */
export const expected = { widths: [24, 64, 152, 392], depths: [1, 2, 7, 12] };

export function compute() {
  const { widths, depths } = expand({ initialWidth: 24, slope: 24.48, widthMultiplier: 2.54, depth: 22 });
  return { widths, depths };
}
