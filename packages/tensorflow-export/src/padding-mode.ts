/** TensorFlow's ways to pad: SAME adds what it deems right, VALID nothing. */
export type PaddingMode = 'SAME' | 'VALID';

/** How a square window moves over an image. */
export interface MovingWindow {
  readonly kernel: number;
  readonly stride: number;
  /** Pixels added on each side. */
  readonly padding: number;
}

/**
 * SAME where TensorFlow would put the same number of pixels on every side, else VALID: the caller adds them.
 *
 * TensorFlow's SAME makes ceil(size / stride) windows of what it pads to (windows - 1) stride + kernel pixels.
 *
 * @param images - [batch, height, width, channels]
 *
 * @example
 * import { paddingMode } from '@netspace/tensorflow-export';
 *
 * paddingMode([1, 7, 7, 3], { kernel: 3, stride: 2, padding: 1 }); // => 'SAME'
 * // Of eight pixels TensorFlow would pad the far sides alone.
 * paddingMode([1, 8, 8, 3], { kernel: 3, stride: 2, padding: 1 }); // => 'VALID'
 */
export function paddingMode(
  [, height, width]: readonly [batch: number, height: number, width: number, channels: number],
  { kernel, stride, padding }: MovingWindow,
): PaddingMode {
  const isSame = (size: number): boolean => (Math.ceil(size / stride) - 1) * stride + kernel - size === 2 * padding;
  return padding > 0 && isSame(height) && isSame(width) ? 'SAME' : 'VALID';
}
