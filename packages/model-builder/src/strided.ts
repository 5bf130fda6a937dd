/** Length of a side behind a convolution or pool that is padded by (kernel - 1) / 2. */
export function strided(size: number, stride: number): number {
  return stride === 1 ? size : Math.ceil(size / stride);
}
