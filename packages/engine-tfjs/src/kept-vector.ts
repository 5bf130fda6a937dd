import { keep, type Tensor1D } from '@tensorflow/tfjs-core';

/** A vector that outlives the steps that change it. */
export class KeptVector {
  private current: Tensor1D;

  constructor(value: Tensor1D) {
    this.current = keep(value);
  }

  get value(): Tensor1D {
    return this.current;
  }

  /** Takes over new values; the old ones are freed. */
  assign(value: Tensor1D): void {
    const old = this.current;
    this.current = keep(value);
    old.dispose();
  }

  dispose(): void {
    this.current.dispose();
  }
}
