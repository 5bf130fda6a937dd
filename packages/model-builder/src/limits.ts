/** Bits of an activation's channels; its size has the other 12 of a 32-bit integer. */
export const channelBits = 20;

/** The most channels an activation can have. */
export const maximumChannels = 2 ** channelBits - 1;

/** The widths that there can be, for messages. */
export const anyWidth = `an integer from 1 to ${maximumChannels}`;

/** Whether an activation can have so many channels. */
export function isWidth(channels: number): boolean {
  return Number.isInteger(channels) && channels >= 1 && channels <= maximumChannels;
}

/** The largest height and width of an image, in pixels. */
export const maximumSize = 2 ** (32 - channelBits) - 1;

/**
 * The most blocks a network can have, all stages together: its graph is about a million operations.
 *
 * @example
 * import { maximumBlocks } from '@netspace/model-builder';
 * maximumBlocks; // => 100_000
 */
export const maximumBlocks = 100_000;
