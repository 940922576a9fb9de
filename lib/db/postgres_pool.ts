import type postgres from "postgres";

/** Ends a connection's prepared statements and whatever else a server gathers per session. */
const MAX_AGE_MS = 30 * 60_000;
/** How long closing waits for the holders of connections. */
const DRAIN_MS = 5_000;

/** One connection, on its own `postgres` instance. */
interface Slot {
  sql: postgres.Sql;
  bornAt: number;
  /** The first statement, which makes the driver connect: its `reserve()` alone would wait for ever. */
  opening: Promise<unknown> | undefined;
  /** Set when the connection closes. The instance could connect again, but then a write it had begun may block it. */
  lost: boolean;
  /** Fail the statements under way. */
  readonly underWay: Set<(error: Error) => void>;
}

/** What the dialect uses of a reserved connection. */
interface Reserved {
  unsafe(...args: Parameters<postgres.Sql["unsafe"]>): Promise<postgres.RowList<postgres.Row[]>>;
  release(): void;
}

const poolClosed = () => new Error("The database is closed");
/** With the code that the driver gives such errors. */
const connectionLost = () =>
  Object.assign(new Error("The connection to Postgres was lost"), { code: "CONNECTION_CLOSED" });

/**
 * Hands out connections, each to one holder at a time.
 *
 * The driver's own pool is not used because its reservations outlive their connection: after a loss in the middle of a
 * transaction the next statement, even the rollback, could wait for ever or, once others had made the pool connect
 * again, run outside any transaction. Here such a statement fails, and the connection is replaced.
 */
export class PostgresPool {
  readonly #connect: (onclose: () => void) => postgres.Sql;
  readonly #max: number;
  readonly #idle: Slot[] = [];
  readonly #waiting: PromiseWithResolvers<Slot>[] = [];
  readonly #slots = new Set<Slot>();
  /** Connections on their way out. */
  readonly #ending = new Set<Promise<void>>();
  /** Set on closing; resolves when the last connection is back. */
  #drained: PromiseWithResolvers<void> | undefined;
  /** What the dialect would copy for a second, controlling pool; there is none. */
  readonly options = {};

  /** @param connect Makes an instance of at most one connection. */
  constructor({ connect, max }: { connect: (onclose: () => void) => postgres.Sql; max: number }) {
    this.#connect = connect;
    this.#max = max;
  }

  async reserve(): Promise<Reserved> {
    const slot = await this.#acquire();
    let reserved: postgres.ReservedSql;
    try {
      await (slot.opening ??= slot.sql.unsafe("select 1"));
      if (slot.lost) throw connectionLost();
      reserved = await slot.sql.reserve();
    } catch (error) {
      this.#replace(slot);
      throw error;
    }
    return {
      unsafe: (...args) => run(slot, () => reserved.unsafe(...args)),
      release: () => {
        if (this.#drained) return this.#discard(slot);
        if (slot.lost || Date.now() - slot.bornAt > MAX_AGE_MS) return this.#replace(slot);
        reserved.release();
        this.#offer(slot);
      },
    };
  }

  /** Waits a while for statements under way, then cuts them off. */
  async end(): Promise<void> {
    this.#drained = Promise.withResolvers();
    for (const waiting of this.#waiting.splice(0)) waiting.reject(poolClosed());
    for (const slot of this.#idle.splice(0)) this.#discard(slot);
    if (this.#slots.size > 0) {
      const timer = setTimeout(this.#drained.resolve, DRAIN_MS);
      await this.#drained.promise;
      clearTimeout(timer);
    }
    for (const slot of [...this.#slots]) this.#discard(slot);
    await Promise.all(this.#ending);
  }

  #acquire(): Slot | Promise<Slot> {
    if (this.#drained) throw poolClosed();
    // The most recently used first, so that the others fall idle and close.
    for (let slot; (slot = this.#idle.pop());) {
      if (!slot.lost) return slot;
      this.#slots.delete(slot);
    }
    if (this.#slots.size < this.#max) return this.#open();
    const waiting = Promise.withResolvers<Slot>();
    this.#waiting.push(waiting);
    return waiting.promise;
  }

  #open(): Slot {
    const slot: Slot = {
      sql: this.#connect(() => {
        slot.lost = true;
        for (const fail of slot.underWay) fail(connectionLost());
      }),
      bornAt: Date.now(),
      opening: undefined,
      lost: false,
      underWay: new Set(),
    };
    this.#slots.add(slot);
    return slot;
  }

  #offer(slot: Slot): void {
    const next = this.#waiting.shift();
    if (next) next.resolve(slot);
    else this.#idle.push(slot);
  }

  #replace(slot: Slot): void {
    this.#discard(slot);
    if (this.#waiting.length > 0 && !this.#drained) this.#waiting.shift()!.resolve(this.#open());
  }

  #discard(slot: Slot): void {
    this.#slots.delete(slot);
    const ended = slot.sql.end({ timeout: 0 }).catch(() => {}).finally(() =>
      this.#ending.delete(ended)
    );
    this.#ending.add(ended);
    if (this.#slots.size === 0) this.#drained?.resolve();
  }
}

async function run<T>(slot: Slot, query: () => PromiseLike<T>): Promise<T> {
  if (slot.lost) throw connectionLost();
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  slot.underWay.add(reject);
  try {
    query().then(resolve, reject);
    return await promise;
  } catch (error) {
    // The driver fails the statement a moment before it tells of the closing: nobody may get the connection in between.
    if (isLoss(error)) slot.lost = true;
    throw error;
  } finally {
    slot.underWay.delete(reject);
  }
}

/** By the codes of the driver, of `dial` and of the system; what the server itself says has others. */
const isLoss = (error: unknown): boolean =>
  error instanceof Error && "code" in error &&
  /^(CONNECTION_\w+|ECONNRESET|EPIPE|ETIMEDOUT)$/.test(String(error.code));
