import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { permute, toChannelsFirst, toChannelsLast } from './permute.js';

test('channels come last', () => {
  // Two channels of one row of three pixels.
  expect(toChannelsLast([1, 2, 3, 10, 20, 30], [1, 2, 1, 3])).toEqual(Float32Array.of(1, 10, 2, 20, 3, 30));
});

test('a convolution weight [out, in, k, k] becomes [k, k, in, out]', () => {
  expect(permute([1, 2, 3, 4, 5, 6, 7, 8], [2, 1, 2, 2], [2, 3, 1, 0])).toEqual(
    Float32Array.of(1, 5, 2, 6, 3, 7, 4, 8),
  );
});

test('there and back is the same', () => {
  const size = fc.integer({ min: 1, max: 4 });
  fc.assert(
    fc.property(fc.tuple(size, size, size, size), ([n, c, h, w]) => {
      const data = Float32Array.from({ length: n * c * h * w }, (_, index) => index);
      expect(toChannelsFirst(toChannelsLast(data, [n, c, h, w]), [n, h, w, c])).toEqual(data);
    }),
  );
});
