import { expect, test } from '@jest/globals';
import { softmaxGradient } from './softmax-gradient.js';

test('softmaxGradient is (softmax - target) / images', () => {
  // Two equal logits: softmax 1/2 each; smoothing 0.2 makes the target 0.9 and 0.1.
  const gradient = softmaxGradient(Float32Array.of(1, 1, 3, 3), [0, 1], 0.2);
  expect([...gradient]).toEqual([-0.2, 0.2, 0.2, -0.2].map((x) => expect.closeTo(x, 6)));
});
