import assert from "node:assert/strict";
import { DataDirBusy, runningServer } from "@/lib/db/lock.ts";
import { openDatabase } from "@/lib/db/open.ts";
import { makeDataDir } from "../support/database.ts";

Deno.test("openDatabase() holds the data folder until closed, and keeps its rows", async () => {
  const dataDir = await makeDataDir();
  const options = { dataDir, databaseUrl: null };
  const first = await openDatabase(options);
  await first.lock!.setAddress("http://127.0.0.1:8000");
  await assert.rejects(openDatabase(options), (error) => {
    assert.ok(error instanceof DataDirBusy);
    assert.match(error.message, /lock is locked by process \d+ at http:\/\/127\.0\.0\.1:8000/);
    return true;
  });
  assert.equal((await runningServer(dataDir))?.address, "http://127.0.0.1:8000");
  await first.db.insertInto("setting").values({ key: "a", value: "1" }).execute();
  await first.close();
  assert.equal(await runningServer(dataDir), null);

  const second = await openDatabase(options);
  assert.deepEqual(await second.db.selectFrom("setting").select(["key", "value"]).execute(), [
    { key: "a", value: 1 },
  ]);
  await second.close();
  await Deno.remove(dataDir, { recursive: true });
});

Deno.test("openDatabase() frees the lock if the database cannot be opened", async () => {
  const dataDir = await Deno.makeTempDir({ prefix: "lm-test-data-" });
  // A file where the database's folder belongs.
  await Deno.writeTextFile(`${dataDir}/pg`, "");
  await assert.rejects(openDatabase({ dataDir, databaseUrl: null }));
  assert.equal(await runningServer(dataDir), null);
  await Deno.remove(dataDir, { recursive: true });
});

Deno.test("openDatabase() says when no Postgres can be reached", async () => {
  // Port 1 is reserved; nothing listens there.
  const open = await openDatabase({ dataDir: "", databaseUrl: "postgres://lm@127.0.0.1:1/lm" });
  await assert.rejects(open.db.selectFrom("job").select("id").execute(), {
    message: "Cannot reach Postgres",
  });
  await open.close();
});
