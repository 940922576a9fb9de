import { Gauge, Histogram, Registry } from "prom-client";

/** The numbers of one process, in the text format of Prometheus. Sources add gauges that are read at each scrape. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #requests: Histogram<"method" | "route" | "status">;

  constructor() {
    this.#requests = new Histogram({
      name: "lm_http_request_duration_seconds",
      help: "Time until the headers of an answer, by route pattern.",
      labelNames: ["method", "route", "status"],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers: [this.#registry],
    });
    const startedAt = Date.now();
    this.gauge("process_resident_memory_bytes", "Resident memory.", () => Deno.memoryUsage().rss);
    this.gauge("lm_heap_used_bytes", "JavaScript heap in use.", () => Deno.memoryUsage().heapUsed);
    this.gauge(
      "lm_uptime_seconds",
      "Time since the process opened its services.",
      () => (Date.now() - startedAt) / 1000,
    );
  }

  /** @param route The pattern, never the path: ids must not become label values. */
  observeRequest(method: string, route: string, status: number, seconds: number): void {
    this.#requests.observe({ method, route, status: String(status) }, seconds);
  }

  gauge(name: string, help: string, read: () => number | Promise<number>): void {
    new Gauge({
      name,
      help,
      registers: [this.#registry],
      async collect() {
        this.set(await read());
      },
    });
  }

  /** As `gauge`, one value for each value of `label`; values that are gone leave no trace. */
  gauges(
    name: string,
    help: string,
    label: string,
    read: () => Promise<Record<string, number>>,
  ): void {
    new Gauge({
      name,
      help,
      labelNames: [label],
      registers: [this.#registry],
      async collect() {
        const values = await read();
        this.reset();
        for (const [value, number] of Object.entries(values)) this.set({ [label]: value }, number);
      },
    });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  async text(): Promise<string> {
    return await this.#registry.metrics();
  }
}
