import { getLogger } from "@logtape/logtape";
import type { Channel } from "@/lib/db/listen.ts";

const log = getLogger(["lm", "jobs"]);

/** Jobs may wait in `queue`; or the job `cancelled` was cancelled. */
export type BellMessage = { queue: string } | { cancelled: string };

/**
 * Wakes workers. The database is the truth: a lost ring costs only delay, because workers also look every second, and
 * a stray one costs only a look. So ringing never fails.
 */
export interface Bell {
  ring(message: BellMessage): Promise<void>;
  /** @param heard Must return at once. */
  listen(heard: (message: BellMessage) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/**
 * Deno KV's queue on a local file: what the embedded database rings.
 *
 * It carries no work. A message is delivered again while its handler runs for long, order is not kept and concurrency
 * has no bound, so the handler only wakes the workers and returns.
 */
export class KvBell implements Bell {
  readonly #kv: Deno.Kv;
  readonly #listeners = new Set<(message: BellMessage) => void>();
  #listening: Promise<void> | undefined;

  private constructor(kv: Deno.Kv) {
    this.#kv = kv;
  }

  static async open(path: string): Promise<KvBell> {
    return new KvBell(await Deno.openKv(path));
  }

  async ring(message: BellMessage): Promise<void> {
    // No redelivery: what it would say is in the database.
    await this.#kv.enqueue(message, { backoffSchedule: [] })
      .catch((error) => log.warn("Cannot ring", { error }));
  }

  listen(heard: (message: BellMessage) => void): Promise<() => Promise<void>> {
    this.#listeners.add(heard);
    this.#listening ??= this.#kv.listenQueue((message) => {
      if (isBellMessage(message)) { for (const heard of this.#listeners) heard(message); }
    });
    return Promise.resolve(() => {
      this.#listeners.delete(heard);
      return Promise.resolve();
    });
  }

  async close(): Promise<void> {
    this.#kv.close();
    await this.#listening;
  }
}

const CHANNEL = "lm_job";

/** Rings over the database's channel: NOTIFY between the processes of a server, or within one process. */
export class NotifyBell implements Bell {
  readonly #channel: Channel;

  constructor(channel: Channel) {
    this.#channel = channel;
  }

  async ring(message: BellMessage): Promise<void> {
    await this.#channel.notify(CHANNEL, JSON.stringify(message))
      .catch((error) => log.warn("Cannot ring", { error }));
  }

  listen(heard: (message: BellMessage) => void): Promise<() => Promise<void>> {
    return this.#channel.listen(CHANNEL, (payload) => {
      const message = JSON.parse(payload);
      if (isBellMessage(message)) heard(message);
    });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** Another release may ring too. */
const isBellMessage = (value: unknown): value is BellMessage =>
  typeof value === "object" && value !== null &&
  ("queue" in value && typeof value.queue === "string" ||
    "cancelled" in value && typeof value.cancelled === "string");
