import { expect, test } from '@jest/globals';
import { openRandom } from '@netspace/random';
import fc from 'fast-check';
import { addProduct, addProductOfRows, type Matrix, matrixOf, type ProductSize, transposed } from './matrix.js';

const size = fc.integer({ min: 1, max: 9 });
const sizes = fc.record({ rows: size, inner: size, columns: size });

/** A matrix of random numbers that starts somewhere inside its array. */
function randomMatrix(rows: number, columns: number, seed: number): Matrix {
  const random = openRandom(seed, rows, columns);
  const start = 3;
  const values = Float64Array.from({ length: start + rows * columns }, () => random.normal());
  return { ...matrixOf(values, columns), start };
}

const at = ({ values, start, rowStep, columnStep }: Matrix, row: number, column: number): number =>
  values[start + row * rowStep + column * columnStep]!;

/** c + a b, element by element. */
function expectedSum(c: Matrix, a: Matrix, b: Matrix, { rows, inner, columns }: ProductSize): number[] {
  return Array.from({ length: rows * columns }, (_, index) => {
    const [row, column] = [Math.floor(index / columns), index % columns];
    let sum = at(c, row, column);
    for (let k = 0; k < inner; k++) sum += at(a, row, k) * at(b, k, column);
    return sum;
  });
}

function expectClose(c: Matrix, expected: readonly number[]): void {
  expect([...c.values.subarray(c.start)]).toEqual(expected.map((value) => expect.closeTo(value, 10)));
}

test('addProduct adds the product of matrices of any size', () => {
  const property = fc.property(sizes, fc.nat(), ({ rows, inner, columns }, seed) => {
    const [a, b, c] = [
      randomMatrix(rows, inner, seed),
      randomMatrix(inner, columns, seed),
      randomMatrix(rows, columns, seed),
    ];
    const expected = expectedSum(c, a, b, { rows, inner, columns });
    addProduct(c, a, b, { rows, inner, columns });
    expectClose(c, expected);
  });
  fc.assert(property);
});

test('addProduct takes a transposed matrix on the left', () => {
  const property = fc.property(sizes, fc.nat(), ({ rows, inner, columns }, seed) => {
    const a = transposed(randomMatrix(inner, rows, seed));
    const [b, c] = [randomMatrix(inner, columns, seed), randomMatrix(rows, columns, seed)];
    const expected = expectedSum(c, a, b, { rows, inner, columns });
    addProduct(c, a, b, { rows, inner, columns });
    expectClose(c, expected);
  });
  fc.assert(property);
});

test('addProductOfRows adds the product with a transposed matrix', () => {
  const property = fc.property(sizes, fc.nat(), ({ rows, inner, columns }, seed) => {
    const [a, b, c] = [
      randomMatrix(rows, inner, seed),
      randomMatrix(columns, inner, seed),
      randomMatrix(rows, columns, seed),
    ];
    const expected = expectedSum(c, a, transposed(b), { rows, inner, columns });
    addProductOfRows(c, a, b, { rows, inner, columns });
    expectClose(c, expected);
  });
  fc.assert(property);
});
