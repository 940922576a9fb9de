import assert from "node:assert/strict";
import { sql } from "kysely";
import { openDatabase } from "@/lib/db/open.ts";
import { outageOf } from "@/lib/http/outage.ts";
import { HalfOpenProxy } from "../support/half_open_proxy.ts";
import { createDatabase, hasPostgres } from "../support/postgres.ts";

Deno.test({
  name: "db.transaction() on Postgres applies nothing after its connection is lost midway",
  ignore: !hasPostgres,
  fn: async () => {
    const database = await createDatabase();
    const open = await openDatabase({
      dataDir: "",
      databaseUrl: database.url,
      postgres: { max: 2 },
    });
    const { db } = open;
    try {
      const put = (handle: typeof db, key: string) =>
        handle.insertInto("setting").values({ key, value: "1" }).execute();
      const failed = db.transaction().execute(async (tx) => {
        await put(tx, "before");
        const { rows: [own] } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(
          tx,
        );
        await sql`select pg_terminate_backend(${own!.pid})`.execute(db);
        // Others make the pool connect again while this transaction still holds its place.
        await Promise.all([
          sql`select 1`.execute(db),
          sql`select 2`.execute(db),
          sql`select 3`.execute(db),
        ]);
        await put(tx, "after");
      });
      await assert.rejects(failed);
      const rows = await db.selectFrom("setting").select("key").execute();
      assert.deepEqual(rows, []);
      await put(db, "later");
    } finally {
      await open.close();
      await database.drop();
    }
  },
});

Deno.test({
  name: "openDatabase() on Postgres fails statements of a silent server and recovers by itself",
  ignore: !hasPostgres,
  fn: async () => {
    const database = await createDatabase();
    const direct = new URL(database.url);
    await using proxy = new HalfOpenProxy(`${direct.searchParams.get("host")}/.s.PGSQL.5432`);
    const url = `postgres://lm@127.0.0.1:${proxy.port}${direct.pathname}`;
    const silenceMs = 1_500;
    const open = await openDatabase({ dataDir: "", databaseUrl: url, postgres: { silenceMs } });
    try {
      const { promise: heard, resolve } = Promise.withResolvers<string>();
      const stop = await open.channel.listen("test_a", resolve);
      await sql`select 1`.execute(open.db);
      proxy.freeze();
      const stuck = Array.from({ length: 5 }, () => sql`select 2`.execute(open.db));
      for (const outcome of await Promise.allSettled(stuck)) {
        assert.equal(outcome.status, "rejected");
        assert.ok(outageOf(outcome.reason), "whoever asked is told that it is not their fault");
      }
      proxy.thaw();
      const { rows } = await sql`select 3 as n`.execute(open.db);
      assert.deepEqual(rows, [{ n: 3 }]);
      // The listening connection was as dead; it comes back when its own silence is over.
      let answer: string | undefined;
      heard.then((payload) => answer = payload);
      while (answer === undefined) {
        await open.channel.notify("test_a", "again").catch(() => {});
        await new Promise((done) => setTimeout(done, 20));
      }
      assert.equal(answer, "again");
      await stop();
    } finally {
      await open.close();
      await database.drop();
    }
  },
});
