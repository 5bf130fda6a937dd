/** Typed arrays of the same bytes are equal: Jest compares them element by element, which takes seconds where they are long. */
import { expect } from '@jest/globals';

const bytesOf = ({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength);

expect.addEqualityTesters([
  (a, b) => {
    const areAlike = ArrayBuffer.isView(a) && ArrayBuffer.isView(b) && a.constructor === b.constructor;
    // What has other bytes is left to Jest.
    return areAlike && bytesOf(a).equals(bytesOf(b)) ? true : undefined;
  },
]);
