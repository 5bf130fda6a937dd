/** Bits of an activation's channels; its size has the other 12 of a 32-bit integer. */
export const channelBits = 20;

/** The most channels an activation can have. */
export const maximumChannels = 2 ** channelBits - 1;

/** The largest height and width of an image, in pixels. */
export const maximumSize = 2 ** (32 - channelBits) - 1;
