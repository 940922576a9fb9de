import assert from "node:assert/strict";
import { openDatabase } from "@/lib/db/open.ts";
import { forEachDatabase } from "../support/database.ts";
import { createDatabase, hasPostgres } from "../support/postgres.ts";

/** Resolves with the first `count` payloads heard. */
function collect(count: number): { heard: (payload: string) => void; all: Promise<string[]> } {
  const payloads: string[] = [];
  const { promise, resolve } = Promise.withResolvers<string[]>();
  return {
    heard: (payload) => {
      payloads.push(payload);
      if (payloads.length === count) resolve(payloads);
    },
    all: promise,
  };
}

forEachDatabase(
  "Channel.listen() hears every message of its name, in order",
  async (_t, { channel }) => {
    const [first, second] = [collect(3), collect(3)];
    const stops = [
      await channel.listen("test_a", first.heard),
      await channel.listen("test_a", second.heard),
    ];
    await channel.notify("test_b", "elsewhere");
    for (const payload of ["1", "", "ü\"'"]) await channel.notify("test_a", payload);
    assert.deepEqual(await first.all, ["1", "", "ü\"'"]);
    assert.deepEqual(await second.all, ["1", "", "ü\"'"]);
    for (const stop of stops) await stop();
  },
);

forEachDatabase("Channel.listen() hears nothing once stopped", async (_t, { channel }) => {
  const stopped = collect(1);
  const stop = await channel.listen("test_a", stopped.heard);
  const other = collect(1);
  const stopOther = await channel.listen("test_a", other.heard);
  await stop();
  await channel.notify("test_a", "x");
  assert.deepEqual(await other.all, ["x"]);
  assert.equal(await Promise.race([stopped.all, Promise.resolve("silence")]), "silence");
  await stopOther();
});

Deno.test({
  name: "Channel.notify() reaches another process's connection",
  ignore: !hasPostgres,
  fn: async () => {
    const database = await createDatabase();
    const [here, there] = await Promise.all(
      [1, 2].map(() => openDatabase({ dataDir: "", databaseUrl: database.url })),
    );
    const heard = collect(1);
    const stop = await there!.channel.listen("test_a", heard.heard);
    await here!.channel.notify("test_a", "hello");
    assert.deepEqual(await heard.all, ["hello"]);
    await stop();
    await here!.close();
    await there!.close();
    await database.drop();
  },
});
