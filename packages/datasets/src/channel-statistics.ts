import type { ImageSet, ImageShape } from '@netspace/contracts';
import { imageBlocks } from './image-blocks.js';

/** Mean and standard deviation by channel, in units of 0 to 1. */
export interface ChannelStatistics {
  readonly mean: readonly number[];
  readonly standardDeviation: readonly number[];
}

/**
 * Mean and standard deviation of the pixels of each channel, over all images (divided by the number of pixels, not one
 * less). Exact up to the last rounding: sums of a 256-bin histogram.
 */
export async function channelStatistics(
  set: ImageSet,
  { channels, imageSize }: Pick<ImageShape, 'channels' | 'imageSize'>,
): Promise<ChannelStatistics> {
  const pixels = imageSize * imageSize;
  const histograms = Array.from({ length: channels }, () => new Float64Array(256));
  for await (const images of imageBlocks(set, channels * pixels)) {
    for (let start = 0; start < images.length; start += pixels) {
      const histogram = histograms[(start / pixels) % channels]!;
      for (let i = start; i < start + pixels; i++) histogram[images[i]!]! += 1;
    }
  }
  const moments = histograms.map(momentsOf);
  return {
    mean: moments.map(({ mean }) => mean / 255),
    standardDeviation: moments.map(({ variance }) => Math.sqrt(variance) / 255),
  };
}

function momentsOf(histogram: Float64Array): { mean: number; variance: number } {
  const count = histogram.reduce((sum, bin) => sum + bin, 0);
  const mean = histogram.reduce((sum, bin, value) => sum + bin * value, 0) / count;
  const variance = histogram.reduce((sum, bin, value) => sum + bin * (value - mean) ** 2, 0) / count;
  return { mean, variance };
}
