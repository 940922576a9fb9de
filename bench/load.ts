/** Milliseconds that requests took, and what they say together. */
export class Samples {
  readonly #times: number[] = [];

  add(ms: number): void {
    this.#times.push(ms);
  }

  /** @param part From 0 to 1, e.g. 0.95. */
  quantile(part: number): number {
    const sorted = this.#times.toSorted((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;
  }

  get p50(): number {
    return this.quantile(0.5);
  }

  get p95(): number {
    return this.quantile(0.95);
  }
}

/** Sends `count` requests over `connections` connections, each as soon as the one before it has been read. */
export async function load(
  urls: readonly string[],
  samples: Samples,
  { connections = 4, count = 200 } = {},
): Promise<void> {
  let sent = 0;
  await Promise.all(Array.from({ length: connections }, async () => {
    while (sent < count) {
      const url = urls[sent++ % urls.length]!;
      const start = performance.now();
      const response = await fetch(url);
      await response.arrayBuffer();
      samples.add(performance.now() - start);
      if (response.status !== 200) throw new Error(`${url} answered ${response.status}`);
    }
  }));
}
