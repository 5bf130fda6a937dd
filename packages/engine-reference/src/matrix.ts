/** A matrix inside an array: element (row, column) is `values[start + row * rowStep + column * columnStep]`. */
export interface Matrix {
  readonly values: Float64Array;
  /** Moves from one image and group to the next. */
  start: number;
  readonly rowStep: number;
  readonly columnStep: number;
}

/** The sizes of a product. */
export interface ProductSize {
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
}

/** A matrix with its rows one behind the other. */
export function matrixOf(values: Float64Array, columns: number): Matrix {
  return { values, start: 0, rowStep: columns, columnStep: 1 };
}

/** The transposed matrix of the same array. */
export function transposed({ values, start, rowStep, columnStep }: Matrix): Matrix {
  return { values, start, rowStep: columnStep, columnStep: rowStep };
}

/** c [rows, columns] += a [rows, inner] b [inner, columns]; the rows of b and c are contiguous. */
export function addProduct(c: Matrix, a: Matrix, b: Matrix, size: ProductSize): void {
  const { rows, inner } = size;
  for (let row = 0; row < rows; row += 2) {
    for (let k = 0; k < inner; k += 4) {
      if (row + 2 <= rows && k + 4 <= inner) addTile(c, a, b, row, k, size);
      else addOneByOne(c, a, b, row, k, size);
    }
  }
}

/** The part of two rows and four inner indices: eight products for six loads. */
function addTile(c: Matrix, a: Matrix, b: Matrix, row: number, k: number, { columns }: ProductSize): void {
  const x = a.values;
  const y = b.values;
  const z = c.values;
  const step = a.columnStep;
  const upper = a.start + row * a.rowStep + k * step;
  const lower = upper + a.rowStep;
  const p0 = x[upper]!;
  const p1 = x[upper + step]!;
  const p2 = x[upper + 2 * step]!;
  const p3 = x[upper + 3 * step]!;
  const q0 = x[lower]!;
  const q1 = x[lower + step]!;
  const q2 = x[lower + 2 * step]!;
  const q3 = x[lower + 3 * step]!;
  const b0 = b.start + k * b.rowStep;
  const b1 = b0 + b.rowStep;
  const b2 = b1 + b.rowStep;
  const b3 = b2 + b.rowStep;
  const c0 = c.start + row * c.rowStep;
  const c1 = c0 + c.rowStep;
  for (let i = 0; i < columns; i++) {
    const y0 = y[b0 + i]!;
    const y1 = y[b1 + i]!;
    const y2 = y[b2 + i]!;
    const y3 = y[b3 + i]!;
    z[c0 + i]! += p0 * y0 + p1 * y1 + p2 * y2 + p3 * y3;
    z[c1 + i]! += q0 * y0 + q1 * y1 + q2 * y2 + q3 * y3;
  }
}

/** What is left of a tile at the edges. */
function addOneByOne(c: Matrix, a: Matrix, b: Matrix, top: number, left: number, size: ProductSize): void {
  const y = b.values;
  const z = c.values;
  for (let row = top; row < Math.min(size.rows, top + 2); row++) {
    for (let k = left; k < Math.min(size.inner, left + 4); k++) {
      const factor = a.values[a.start + row * a.rowStep + k * a.columnStep]!;
      const to = c.start + row * c.rowStep;
      const from = b.start + k * b.rowStep;
      for (let i = 0; i < size.columns; i++) z[to + i]! += factor * y[from + i]!;
    }
  }
}

/** c [rows, columns] += a [rows, inner] (b [columns, inner]) transposed; the rows of a, b and c are contiguous. */
export function addProductOfRows(c: Matrix, a: Matrix, b: Matrix, size: ProductSize): void {
  const { rows, columns } = size;
  for (let row = 0; row < rows; row += 2) {
    for (let column = 0; column < columns; column += 4) {
      if (row + 2 <= rows && column + 4 <= columns) addDotTile(c, a, b, row, column, size);
      else addDotsOneByOne(c, a, b, row, column, size);
    }
  }
}

/** Two rows by four columns of scalar products: eight products for six loads. */
function addDotTile(c: Matrix, a: Matrix, b: Matrix, row: number, column: number, { inner }: ProductSize): void {
  const x = a.values;
  const y = b.values;
  const a0 = a.start + row * a.rowStep;
  const a1 = a0 + a.rowStep;
  const b0 = b.start + column * b.rowStep;
  const b1 = b0 + b.rowStep;
  const b2 = b1 + b.rowStep;
  const b3 = b2 + b.rowStep;
  let p0 = 0;
  let p1 = 0;
  let p2 = 0;
  let p3 = 0;
  let q0 = 0;
  let q1 = 0;
  let q2 = 0;
  let q3 = 0;
  for (let i = 0; i < inner; i++) {
    const upper = x[a0 + i]!;
    const lower = x[a1 + i]!;
    const y0 = y[b0 + i]!;
    const y1 = y[b1 + i]!;
    const y2 = y[b2 + i]!;
    const y3 = y[b3 + i]!;
    p0 += upper * y0;
    p1 += upper * y1;
    p2 += upper * y2;
    p3 += upper * y3;
    q0 += lower * y0;
    q1 += lower * y1;
    q2 += lower * y2;
    q3 += lower * y3;
  }
  addFour(c.values, c.start + row * c.rowStep + column, p0, p1, p2, p3);
  addFour(c.values, c.start + (row + 1) * c.rowStep + column, q0, q1, q2, q3);
}

function addFour(z: Float64Array, start: number, p0: number, p1: number, p2: number, p3: number): void {
  z[start]! += p0;
  z[start + 1]! += p1;
  z[start + 2]! += p2;
  z[start + 3]! += p3;
}

function addDotsOneByOne(c: Matrix, a: Matrix, b: Matrix, top: number, left: number, size: ProductSize): void {
  const x = a.values;
  const y = b.values;
  for (let row = top; row < Math.min(size.rows, top + 2); row++) {
    for (let column = left; column < Math.min(size.columns, left + 4); column++) {
      const first = a.start + row * a.rowStep;
      const second = b.start + column * b.rowStep;
      let sum = 0;
      for (let i = 0; i < size.inner; i++) sum += x[first + i]! * y[second + i]!;
      c.values[c.start + row * c.rowStep + column]! += sum;
    }
  }
}
