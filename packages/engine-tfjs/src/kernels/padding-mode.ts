import { windowsOver, type Shape4D, type Window } from './kernel-set.js';

/** TensorFlow's ways to pad: SAME adds what it deems right, VALID nothing. */
export type PaddingMode = 'SAME' | 'VALID';

/** SAME where TensorFlow would put the same number of pixels on every side, else VALID: the caller adds them. */
export function paddingMode([, height, width]: Shape4D, window: Window): PaddingMode {
  const { kernel, stride, padding } = window;
  const isSame = (size: number): boolean => {
    const rows = Math.ceil(size / stride);
    return rows === windowsOver(size, window) && Math.max((rows - 1) * stride + kernel - size, 0) === 2 * padding;
  };
  return padding > 0 && isSame(height) && isSame(width) ? 'SAME' : 'VALID';
}
