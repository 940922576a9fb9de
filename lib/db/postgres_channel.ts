import type postgres from "postgres";
import type { Channel } from "./listen.ts";

/** Well below the silence after which a connection counts as dead, so that a listener with nothing to hear stays. */
const HEARTBEAT_MS = 10_000;
const HEARTBEAT = "lm_heartbeat";

/** LISTEN and NOTIFY. The connection listens again by itself after a loss; what was sent meanwhile is not heard. */
export class PostgresChannel implements Channel {
  readonly #sql: postgres.Sql;
  #heartbeat: ReturnType<typeof setInterval> | undefined;

  constructor(sql: postgres.Sql) {
    this.#sql = sql;
  }

  async notify(name: string, payload: string): Promise<void> {
    await this.#sql.notify(name, payload);
  }

  async listen(name: string, heard: (payload: string) => void): Promise<() => Promise<void>> {
    await this.#beat();
    const { unlisten } = await this.#sql.listen(name, heard);
    return async () => {
      await unlisten();
    };
  }

  close(): void {
    clearInterval(this.#heartbeat);
  }

  /** A listener sends nothing and may hear nothing for hours, in which a half-open connection would go unnoticed. */
  async #beat(): Promise<void> {
    if (this.#heartbeat !== undefined) return;
    this.#heartbeat = setInterval(() => {
      this.#sql.notify(HEARTBEAT, "").catch(() => {});
    }, HEARTBEAT_MS);
    await this.#sql.listen(HEARTBEAT, () => {});
  }
}
