import assert from "node:assert/strict";
import { openDatabase } from "@/lib/db/open.ts";
import { testApp } from "../support/app.ts";
import { HalfOpenProxy } from "../support/half_open_proxy.ts";
import { createDatabase, hasPostgres } from "../support/postgres.ts";

Deno.test({
  name: "requests are 503 while the database server is away, and answered once it is back",
  ignore: !hasPostgres,
  fn: async () => {
    const database = await createDatabase();
    try {
      const direct = new URL(database.url);
      await using proxy = new HalfOpenProxy(`${direct.searchParams.get("host")}/.s.PGSQL.5432`);
      const databaseUrl = `postgres://lm@127.0.0.1:${proxy.port}${direct.pathname}`;
      await using app = await testApp({
        database: await openDatabase({ dataDir: "", databaseUrl }),
      });
      const collect = (name: string) =>
        app.fetch("/api/v1/collections", {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ name }),
        });
      const before = await collect("before");
      await before.body?.cancel();
      assert.equal(before.status, 201);

      proxy.leave();
      const list = () => app.fetch("/api/v1/collections");
      for (const ask of [() => collect("meanwhile"), list, list]) {
        const response = await ask();
        assert.equal(response.status, 503);
        assert.equal(response.headers.get("content-type"), "application/problem+json");
        assert.match(response.headers.get("retry-after")!, /^[1-9]\d*$/);
        const { code, detail } = await response.json();
        assert.equal(code, "unavailable");
        assert.equal(detail, "The database cannot be reached");
      }
      const page = await app.fetch("/");
      assert.equal(page.status, 503);
      assert.match(page.headers.get("content-type")!, /^text\/html/);
      await page.body?.cancel();

      proxy.comeBack();
      const after = await collect("after");
      await after.body?.cancel();
      assert.equal(after.status, 201);
      const { items } = await (await list()).json();
      assert.deepEqual(items.map(({ name }: { name: string }) => name), ["after", "before"]);
    } finally {
      await database.drop();
    }
  },
});
