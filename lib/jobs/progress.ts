const EVERY_MS = 250;

/** Passes on the first report at once, then the latest of each quarter second; writes never overlap. */
export class ProgressThinner {
  readonly #write: (data: Record<string, unknown>) => Promise<void>;
  #next: Record<string, unknown> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #writing: Promise<void> = Promise.resolve();
  #closed = false;

  /** @param write Must not reject. */
  constructor(write: (data: Record<string, unknown>) => Promise<void>) {
    this.#write = write;
  }

  report(data: Record<string, unknown>): void {
    if (this.#closed) return;
    this.#next = data;
    if (this.#timer === undefined) this.#pass();
  }

  /** Writes what is still waiting; later reports are ignored. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#enqueue();
    await this.#writing;
  }

  #pass(): void {
    if (this.#next === undefined) return void (this.#timer = undefined);
    this.#enqueue();
    this.#timer = setTimeout(() => this.#pass(), EVERY_MS);
  }

  #enqueue(): void {
    const data = this.#next;
    if (data === undefined) return;
    this.#next = undefined;
    this.#writing = this.#writing.then(() => this.#write(data));
  }
}
