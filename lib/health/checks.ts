import { sql } from "kysely";
import type { Db } from "@/lib/db/schema.ts";
import type { Library } from "@/lib/library/service.ts";
import type { Check } from "./service.ts";

/** A runnable job that nobody took for this long says that no worker runs. */
const UNATTENDED_S = 60;

export const databaseCheck = (db: Db): Check => async () => {
  await sql`select 1`.execute(db);
  return { status: "ok" };
};

/** Jobs wait longer than any busy worker would let them, while none is being worked on. */
export const queueCheck = (db: Db): Check => async () => {
  const { rows: [queue] } = await sql<{ waiting: number; running: number }>`
    select
      count(*) filter (
        where status = 'pending' and run_at < now() - make_interval(secs => ${UNATTENDED_S}::int4)
      )::int as waiting,
      count(*) filter (where status = 'running' and lease_until > now())::int as running
    from job where status in ('pending', 'running')`.execute(db);
  const { waiting, running } = queue!;
  return waiting > 0 && running === 0
    ? { status: "degraded", detail: `${waiting} jobs wait and no worker takes them` }
    : { status: "ok" };
};

export const libraryCheck = (library: Library): Check => async () => {
  const absent = (await library.roots()).filter(({ available }) => !available);
  return absent.length === 0 ? { status: "ok" } : {
    status: "degraded",
    detail: absent.map(({ path, problem }) => `${path}: ${problem}`).join("; "),
  };
};
