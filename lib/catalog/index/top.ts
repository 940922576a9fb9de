/**
 * The first `limit` of `items` in the order of `compare`, sorted. A heap of that size is kept, so that the best 50 of
 * 50,000 cost little more than looking at each.
 */
export function firstOf(
  items: Iterable<number> & ArrayLike<number>,
  limit: number,
  compare: (left: number, right: number) => number,
): number[] {
  if (limit <= 0) return [];
  if (items.length <= limit) return Array.from(items).sort(compare);
  // The last of those kept is at the root, the one to be beaten.
  const heap: number[] = [];
  for (let index = 0; index < items.length; index++) {
    const item = items[index]!;
    if (heap.length < limit) {
      rise(heap, heap.push(item) - 1, compare);
    } else if (compare(item, heap[0]!) < 0) {
      heap[0] = item;
      sink(heap, compare);
    }
  }
  return heap.sort(compare);
}

type Compare = (left: number, right: number) => number;

function rise(heap: number[], from: number, compare: Compare): void {
  let at = from;
  while (at > 0) {
    const parent = (at - 1) >>> 1;
    if (compare(heap[at]!, heap[parent]!) <= 0) return;
    swap(heap, at, parent);
    at = parent;
  }
}

function sink(heap: number[], compare: Compare): void {
  let at = 0;
  while (true) {
    let last = at;
    for (const child of [2 * at + 1, 2 * at + 2]) {
      if (child < heap.length && compare(heap[child]!, heap[last]!) > 0) last = child;
    }
    if (last === at) return;
    swap(heap, at, last);
    at = last;
  }
}

function swap(heap: number[], left: number, right: number): void {
  [heap[left], heap[right]] = [heap[right]!, heap[left]!];
}
