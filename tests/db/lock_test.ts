import assert from "node:assert/strict";
import { join } from "node:path";
import { DataDirBusy, DataDirLock, runningServer } from "@/lib/db/lock.ts";

async function withDataDir(test: (dataDir: string) => Promise<void>): Promise<void> {
  const dataDir = await Deno.makeTempDir({ prefix: "lm-test-lock-" });
  try {
    await test(dataDir);
  } finally {
    await Deno.remove(dataDir, { recursive: true });
  }
}

/** Starts a process that holds the lock until killed. */
async function holdElsewhere(dataDir: string): Promise<Deno.ChildProcess> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", new URL("../support/hold_lock.ts", import.meta.url).pathname, dataDir],
    stdout: "piped",
  }).spawn();
  const reader = child.stdout.getReader();
  const { value } = await reader.read();
  assert.match(new TextDecoder().decode(value), /held/);
  await reader.cancel();
  return child;
}

Deno.test("DataDirLock.acquire() refuses a second holder, naming file, process and address", () =>
  withDataDir(async (dataDir) => {
    const lock = await DataDirLock.acquire(dataDir);
    await lock.setAddress("http://127.0.0.1:8000");
    await assert.rejects(DataDirLock.acquire(dataDir), (error) => {
      assert.ok(error instanceof DataDirBusy);
      assert.equal(error.lockFile, join(dataDir, "lock"));
      assert.equal(error.holder?.pid, Deno.pid);
      for (const part of [error.lockFile, String(Deno.pid), "http://127.0.0.1:8000"]) {
        assert.ok(error.message.includes(part), `${part} missing in: ${error.message}`);
      }
      return true;
    });
    await lock.release();
    await (await DataDirLock.acquire(dataDir)).release();
  }));

Deno.test("DataDirLock.acquire() works at once after the holder was killed", () =>
  withDataDir(async (dataDir) => {
    const child = await holdElsewhere(dataDir);
    await assert.rejects(DataDirLock.acquire(dataDir), DataDirBusy);
    child.kill("SIGKILL");
    await child.status;
    await (await DataDirLock.acquire(dataDir)).release();
  }));

Deno.test("runningServer() tells a live holder from what a dead one left behind", () =>
  withDataDir(async (dataDir) => {
    assert.equal(await runningServer(dataDir), null);
    const child = await holdElsewhere(dataDir);
    const holder = await runningServer(dataDir);
    assert.equal(holder?.pid, child.pid);
    assert.equal(holder?.address, "http://127.0.0.1:4321");
    child.kill("SIGKILL");
    await child.status;
    assert.match(await Deno.readTextFile(join(dataDir, "lock")), /4321/);
    assert.equal(await runningServer(dataDir), null);
  }));
