import { expect, test } from '@jest/globals';
import type { ReadImages } from '@netspace/contracts';
import fc from 'fast-check';
import { channelStatistics } from './channel-statistics.js';

test('channelStatistics(set, shape) equals the two-pass formulas on the values / 255, in memory or not', async () => {
  const sets = fc.record({
    count: fc.integer({ min: 1, max: 4 }),
    channels: fc.constantFrom(1, 3),
    imageSize: fc.integer({ min: 1, max: 3 }),
  });
  const images = sets.chain(({ count, channels, imageSize }) => {
    const length = count * channels * imageSize ** 2;
    return fc
      .uint8Array({ minLength: length, maxLength: length })
      .map((bytes) => ({ count, bytes, channels, imageSize, pixels: imageSize ** 2 }));
  });
  await fc.assert(
    fc.asyncProperty(images, async ({ count, bytes, channels, imageSize, pixels }) => {
      const labels = new Uint16Array(count);
      const { mean, standardDeviation } = await channelStatistics(
        { count, images: bytes, labels },
        { channels, imageSize },
      );
      const imageBytes = channels * pixels;
      const read: ReadImages = (indices, target) => {
        indices.forEach((index, i) =>
          target.set(bytes.subarray(index * imageBytes, (index + 1) * imageBytes), i * imageBytes),
        );
        return Promise.resolve();
      };
      const onTheWay = await channelStatistics({ count, images: read, labels }, { channels, imageSize });
      expect(onTheWay).toEqual({ mean, standardDeviation });
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
