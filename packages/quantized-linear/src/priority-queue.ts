/** A binary heap: `pop` returns the item of the smallest `bound`. */
export class PriorityQueue<T extends { readonly bound: number }> {
  private readonly heap: T[] = [];

  push(item: T): void {
    let place = this.heap.length;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (this.heap[parent]!.bound <= item.bound) break;
      this.heap[place] = this.heap[parent]!;
      place = parent;
    }
    this.heap[place] = item;
  }

  /** Undefined where it is empty. */
  pop(): T | undefined {
    const first = this.heap[0];
    const last = this.heap.pop();
    if (last !== undefined && this.heap.length > 0) this.sink(last);
    return first;
  }

  private sink(item: T): void {
    const { heap } = this;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child + 1 < heap.length && heap[child + 1]!.bound < heap[child]!.bound) child++;
      if (child >= heap.length || heap[child]!.bound >= item.bound) break;
      heap[place] = heap[child]!;
      place = child;
    }
    heap[place] = item;
  }
}
