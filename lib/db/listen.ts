/**
 * Short messages between the processes that share a database. A message may be lost (a dropped connection) and is
 * never replayed: it says "look now", and what to look at is in a table.
 */
export interface Channel {
  /** @param payload At most 7999 bytes, which is what Postgres carries. */
  notify(name: string, payload: string): Promise<void>;
  /** Calls `heard` for every message, including this process's own. Resolves once listening, to a way to stop. */
  listen(name: string, heard: (payload: string) => void): Promise<() => Promise<void>>;
}

/** For the embedded database, where one process is all there is. */
export class LocalChannel implements Channel {
  readonly #listeners = new Map<string, Set<(payload: string) => void>>();

  notify(name: string, payload: string): Promise<void> {
    for (const heard of [...this.#listeners.get(name) ?? []]) heard(payload);
    return Promise.resolve();
  }

  listen(name: string, heard: (payload: string) => void): Promise<() => Promise<void>> {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners);
    const own = (payload: string) => heard(payload);
    listeners.add(own);
    return Promise.resolve(() => {
      listeners.delete(own);
      return Promise.resolve();
    });
  }
}
