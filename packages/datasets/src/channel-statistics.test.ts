import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { channelStatistics } from './channel-statistics.js';

test('channelStatistics(images, channels, pixels) equals the two-pass formulas on the values / 255', () => {
  const sets = fc.record({
    count: fc.integer({ min: 1, max: 4 }),
    channels: fc.constantFrom(1, 3),
    pixels: fc.integer({ min: 1, max: 5 }),
  });
  const images = sets.chain(({ count, channels, pixels }) =>
    fc
      .uint8Array({ minLength: count * channels * pixels, maxLength: count * channels * pixels })
      .map((bytes) => ({ bytes, channels, pixels })),
  );
  fc.assert(
    fc.property(images, ({ bytes, channels, pixels }) => {
      const { mean, standardDeviation } = channelStatistics(bytes, channels, pixels);
      for (let channel = 0; channel < channels; channel++) {
        const values = [...bytes]
          .filter((_, i) => Math.floor(i / pixels) % channels === channel)
          .map((byte) => byte / 255);
        const average = values.reduce((sum, value) => sum + value, 0) / values.length;
        const variance = values.reduce((sum, value) => sum + (value - average) ** 2, 0) / values.length;
        expect(mean[channel]).toBeCloseTo(average, 12);
        expect(standardDeviation[channel]).toBeCloseTo(Math.sqrt(variance), 12);
      }
    }),
  );
});
