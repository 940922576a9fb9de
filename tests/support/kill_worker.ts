/**
 * A worker made to be killed. Its argument is a `KillWorkerOptions` as JSON; it writes "added <id>" once an added job is
 * committed, "ready" once its pump runs, and goes on until a signal ends it.
 */
import { join } from "node:path";
import { sql } from "kysely";
import { openDatabase } from "@/lib/db/open.ts";
import { Events } from "@/lib/events/service.ts";
import { KvBell, NotifyBell } from "@/lib/jobs/bell.ts";
import { defineHandlers, type Handlers } from "@/lib/jobs/handlers.ts";
import { Pump } from "@/lib/jobs/pump.ts";
import { Jobs } from "@/lib/jobs/service.ts";

export interface KillWorkerOptions {
  /** Null for the embedded database in `dataDir`. */
  databaseUrl: string | null;
  dataDir: string;
  leaseMs: number;
  /** Jobs to add before starting. */
  add: number;
}

export const KILL_KINDS = { work: "work" };
/** Starts are not what is tested here: kills must never use them up. */
export const KILL_ATTEMPTS = 1_000_000;
const STALL_SHARE = 0.002;

const say = (line: string) => Deno.stdout.writeSync(new TextEncoder().encode(line + "\n"));

if (import.meta.main) {
  const options: KillWorkerOptions = JSON.parse(Deno.args[0]!);
  const open = await openDatabase(options);
  const { db, channel } = open;
  const bell = options.databaseUrl === null
    ? await KvBell.open(join(options.dataDir, "bell.kv"))
    : new NotifyBell(channel);
  const events = new Events({ db, channel });
  const jobs = new Jobs({ db, bell, events, kinds: KILL_KINDS });
  for (let n = 0; n < options.add; n++) {
    const { id } = await jobs.enqueue({ kind: "work", payload: {}, maxAttempts: KILL_ATTEMPTS });
    say(`added ${id}`);
  }
  const pump = new Pump({
    db,
    bell,
    events,
    leaseMs: options.leaseMs,
    sole: options.databaseUrl === null,
    handlers: effectHandlers(options.leaseMs),
  });
  await pump.start();
  say("ready");
}

/** Each job leaves one row in `effect`, in the transaction that ends it; now and then a worker stalls beyond its lease. */
export function effectHandlers(leaseMs: number): Handlers {
  return defineHandlers({
    work: {
      queue: "work",
      concurrency: 4,
      handler: async (job, { finishWith }) => {
        await new Promise((done) => setTimeout(done, Math.random() * 10));
        if (Math.random() < STALL_SHARE) stall(leaseMs * 1.5);
        finishWith(async (tx) => {
          await sql`insert into effect (job_id, fence) values (${job.id}, ${job.fence})`.execute(
            tx,
          );
        });
      },
    },
  }, KILL_KINDS);
}

/** Holds the event loop, so that no lease is renewed and another worker takes the job over. */
function stall(ms: number): void {
  for (const end = performance.now() + ms; performance.now() < end;);
}
