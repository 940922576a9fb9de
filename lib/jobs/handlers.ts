import type { Tx } from "@/lib/db/schema.ts";
import type { ClaimedJob } from "./job.ts";
import type { JobKinds } from "./kinds.ts";

/** What a handler may do besides its work. */
export interface JobContext {
  /** Aborts when the job is cancelled, its claim is lost or the server stops; the reason is a `JobStopped`. */
  readonly signal: AbortSignal;
  /** Says how far the job is. Watchers see about four of these a second, always including the last. */
  progress(data: Record<string, unknown>): void;
  /** Adds effects to the transaction that marks the job as succeeded: they happen once, or the job did not succeed. */
  finishWith(effects: (tx: Tx) => Promise<void>): void;
  /**
   * Runs `work` in a transaction that first makes sure that this claim still holds, and keeps it for that long.
   *
   * @throws {JobStopped} Before anything is written, if the job was cancelled or another worker has it now.
   */
  checkpoint<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}

/** Returns the job's result. May run more than once, but under one claim at a time as far as checkpoints go. */
export type JobHandler = (
  job: ClaimedJob,
  context: JobContext,
) => Promise<Record<string, unknown> | void>;

/** Why a running job should end. */
export class JobStopped extends Error {
  constructor(readonly why: "cancelled" | "lost" | "shutdown") {
    super(`The job must stop: ${WHY[why]}`);
    this.name = "JobStopped";
  }
}

const WHY = {
  cancelled: "it was cancelled",
  lost: "its claim is no longer ours",
  shutdown: "the server is stopping",
};

export interface HandlerDefinition {
  queue: string;
  /** Jobs of the queue that one process runs at a time, 1 by default. */
  concurrency?: number;
  /** Versions of the payload that the handler understands, 1 by default. */
  versions?: readonly number[];
  handler: JobHandler;
}

export type HandlerMap = Readonly<Record<string, HandlerDefinition>>;

export interface Handlers {
  readonly byKind: ReadonlyMap<string, HandlerDefinition>;
  readonly queues: ReadonlyMap<string, { concurrency: number; kinds: string[] }>;
}

/**
 * Checks handlers against the known kinds, so that no job can wait for a handler that does not exist.
 *
 * @throws {Error} Naming every kind that has no handler, two, an unknown name or the wrong queue.
 */
export function defineHandlers(
  groups: HandlerMap | readonly HandlerMap[],
  kinds: JobKinds,
): Handlers {
  const byKind = new Map<string, HandlerDefinition>();
  const queues = new Map<string, { concurrency: number; kinds: string[] }>();
  const faults: string[] = [];
  for (const group of Array.isArray(groups) ? groups as HandlerMap[] : [groups as HandlerMap]) {
    for (const [kind, definition] of Object.entries(group)) {
      const { queue, concurrency = 1 } = definition;
      if (byKind.has(kind)) faults.push(`${kind} has two handlers`);
      if (!Object.hasOwn(kinds, kind)) faults.push(`${kind} is not a known kind`);
      else if (kinds[kind] !== queue) {
        faults.push(`${kind} belongs in ${kinds[kind]}, not ${queue}`);
      }
      byKind.set(kind, definition);
      const known = queues.get(queue) ?? { concurrency, kinds: [] };
      if (known.concurrency !== concurrency) {
        faults.push(`${queue} has two concurrencies, ${known.concurrency} and ${concurrency}`);
      }
      known.kinds.push(kind);
      queues.set(queue, known);
    }
  }
  for (const kind of Object.keys(kinds)) {
    if (!byKind.has(kind)) faults.push(`${kind} has no handler`);
  }
  if (faults.length > 0) throw new Error(`Cannot start workers: ${faults.join("; ")}`);
  return { byKind, queues };
}
