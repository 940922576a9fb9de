/** How fast something goes, and how long it has still to go. */
export class Pace {
  readonly #startedAt: number;
  readonly #now: () => number;

  /** @param now Milliseconds of a clock that only rises. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#startedAt = now();
  }

  /**
   * @param done Units done since the start.
   * @param total Units expected; null if nobody knows.
   * @returns Units per second, and seconds left; null while too little is done to say.
   */
  at(done: number, total: number | null): { rate_per_s: number | null; eta_s: number | null } {
    const seconds = (this.#now() - this.#startedAt) / 1000;
    if (seconds < 0.1 || done <= 0) return { rate_per_s: null, eta_s: null };
    const rate = done / seconds;
    return {
      rate_per_s: Math.round(rate * 10) / 10,
      eta_s: total === null ? null : Math.max(0, Math.round((total - done) / rate)),
    };
  }
}
