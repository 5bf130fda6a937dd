import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { paddingMode } from './padding-mode.js';

/** Padding before and after, as tf.nn.convolution documents SAME. */
function tensorflowPadding(size: number, kernel: number, stride: number): [before: number, after: number] {
  const total = size % stride === 0 ? Math.max(kernel - stride, 0) : Math.max(kernel - (size % stride), 0);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}

test('paddingMode() is SAME where TensorFlow pads each side as the window does', () => {
  const size = fc.integer({ min: 1, max: 40 });
  const window = fc.record({
    kernel: fc.constantFrom(1, 2, 3, 5, 7),
    stride: fc.integer({ min: 1, max: 4 }),
    padding: fc.integer({ min: 1, max: 3 }),
  });
  fc.assert(
    fc.property(size, size, window, (height, width, { kernel, stride, padding }) => {
      const sides = [height, width].flatMap((pixels) => tensorflowPadding(pixels, kernel, stride));
      const expected = sides.every((pixels) => pixels === padding) ? 'SAME' : 'VALID';
      expect(paddingMode([1, height, width, 3], { kernel, stride, padding })).toBe(expected);
    }),
  );
});

test('paddingMode() is VALID without padding', () => {
  expect(paddingMode([1, 8, 8, 3], { kernel: 1, stride: 1, padding: 0 })).toBe('VALID');
});
