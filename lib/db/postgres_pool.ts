import type postgres from "postgres";

/** Ends a connection's prepared statements and whatever else a server gathers per session. */
const MAX_AGE_MS = 30 * 60_000;

/** One connection, on its own `postgres` instance. */
interface Slot {
  sql: postgres.Sql;
  bornAt: number;
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

const connectionLost = () => new Error("The connection to Postgres was lost");

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
  readonly #waiting: ((slot: Slot) => void)[] = [];
  readonly #slots = new Set<Slot>();
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
      reserved = await slot.sql.reserve();
    } catch (error) {
      this.#replace(slot);
      throw error;
    }
    return {
      unsafe: (...args) => run(slot, () => reserved.unsafe(...args)),
      release: () => {
        if (slot.lost || Date.now() - slot.bornAt > MAX_AGE_MS) return this.#replace(slot);
        reserved.release();
        this.#offer(slot);
      },
    };
  }

  async end(): Promise<void> {
    await Promise.all([...this.#slots].map((slot) => slot.sql.end({ timeout: 5 })));
  }

  #acquire(): Slot | Promise<Slot> {
    // The most recently used first, so that the others fall idle and close.
    for (let slot; (slot = this.#idle.pop());) {
      if (!slot.lost) return slot;
      this.#slots.delete(slot);
    }
    if (this.#slots.size < this.#max) return this.#open();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #open(): Slot {
    const slot: Slot = {
      sql: this.#connect(() => {
        slot.lost = true;
        for (const fail of slot.underWay) fail(connectionLost());
      }),
      bornAt: Date.now(),
      lost: false,
      underWay: new Set(),
    };
    this.#slots.add(slot);
    return slot;
  }

  #offer(slot: Slot): void {
    const next = this.#waiting.shift();
    if (next) next(slot);
    else this.#idle.push(slot);
  }

  #replace(slot: Slot): void {
    this.#slots.delete(slot);
    slot.sql.end({ timeout: 0 }).catch(() => {});
    const next = this.#waiting.shift();
    if (next) next(this.#open());
  }
}

async function run<T>(slot: Slot, query: () => PromiseLike<T>): Promise<T> {
  if (slot.lost) throw connectionLost();
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  slot.underWay.add(reject);
  try {
    query().then(resolve, reject);
    return await promise;
  } finally {
    slot.underWay.delete(reject);
  }
}
