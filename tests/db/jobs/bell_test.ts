import assert from "node:assert/strict";
import { join } from "node:path";
import { type BellMessage, KvBell, NotifyBell } from "@/lib/jobs/bell.ts";
import { forEachDatabase } from "../../support/database.ts";

Deno.test("KvBell.ring() is heard, also by a bell opened later", async () => {
  const folder = await Deno.makeTempDir({ prefix: "lm-test-bell-" });
  const path = join(folder, "bell.kv");
  const rings: BellMessage[] = [{ queue: "import" }, { cancelled: "some-id" }];
  for (const ringFirst of [true, false]) {
    const bell = await KvBell.open(path);
    const { promise: heardAll, resolve } = Promise.withResolvers<void>();
    const heard: string[] = [];
    const listen = () =>
      bell.listen((message) => {
        heard.push(JSON.stringify(message));
        if (heard.length === rings.length) resolve();
      });
    if (!ringFirst) await listen();
    for (const ring of rings) await bell.ring(ring);
    if (ringFirst) await listen();
    await heardAll;
    assert.deepEqual(heard.sort(), rings.map((ring) => JSON.stringify(ring)).sort());
    await bell.close();
  }
  await Deno.remove(folder, { recursive: true });
});

Deno.test("KvBell.ring() after close() is only a lost ring", async () => {
  const folder = await Deno.makeTempDir({ prefix: "lm-test-bell-" });
  const bell = await KvBell.open(join(folder, "bell.kv"));
  await bell.close();
  await bell.ring({ queue: "import" });
  await Deno.remove(folder, { recursive: true });
});

forEachDatabase(
  "NotifyBell.listen() ignores what it does not understand",
  async (_t, { channel }) => {
    const bell = new NotifyBell(channel);
    const { promise, resolve } = Promise.withResolvers<BellMessage>();
    const stop = await bell.listen(resolve);
    for (const payload of ["{}", "null", '{"queue":1}', '"x"']) {
      await channel.notify(
        "lm_job",
        payload,
      );
    }
    await bell.ring({ queue: "import" });
    assert.deepEqual(await promise, { queue: "import" });
    await stop();
  },
);
