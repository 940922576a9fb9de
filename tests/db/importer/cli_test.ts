import assert from "node:assert/strict";
import { join } from "node:path";
import { DataDirLock } from "@/lib/db/lock.ts";
import { openDatabase } from "@/lib/db/open.ts";
import { testApp } from "../../support/app.ts";
import { makeDataDir } from "../../support/database.ts";
import { LibraryFolder } from "../../support/library_folder.ts";

const ROOT = new URL("../../../", import.meta.url).pathname;

class Cli implements AsyncDisposable {
  readonly dataDir: string;
  private constructor(dataDir: string) {
    this.dataDir = dataDir;
  }

  static async make(): Promise<Cli> {
    return new Cli(await makeDataDir());
  }

  spawn(args: string[], env: Record<string, string> = {}): Deno.ChildProcess {
    return new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", join(ROOT, "tools/import.ts"), ...args],
      cwd: ROOT,
      env: { LM_DATA_DIR: this.dataDir, DATABASE_URL: "", LM_API_KEY: "", ...env },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  }

  async run(args: string[], env?: Record<string, string>) {
    const { code, stdout, stderr } = await this.spawn(args, env).output();
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    return { code, out: text(stdout), err: text(stderr) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.dataDir, { recursive: true });
  }
}

Deno.test("deno task import explains itself and refuses what it does not know", async () => {
  await using cli = await Cli.make();
  const help = await cli.run(["--help"]);
  assert.equal(help.code, 0);
  assert.match(help.out, /Exit codes:/);
  for (const args of [["--nonsense"], ["extra"], ["--path"], [], ["--path", "/nowhere/at/all"]]) {
    const refused = await cli.run(args);
    assert.equal(refused.code, 2, args.join(" "));
    assert.notEqual(refused.err, "");
  }
});

Deno.test("deno task import registers only what it is told to, and nothing in a dry run", async () => {
  await using cli = await Cli.make();
  await using folder = await LibraryFolder.make();
  await folder.writeModel("a.safetensors");
  await folder.write("a.json", { "activation text": "word" });
  const asked = await cli.run(["--path", folder.path]);
  assert.equal(asked.code, 2);
  assert.match(asked.err, /add --yes to register it/);
  const planned = await cli.run(["--path", folder.path, "--dry-run"]);
  assert.equal(planned.code, 0, planned.err);
  assert.match(planned.out, /created +\S+a\.safetensors/);
  assert.equal((await cli.run([])).code, 2, "there is still no root");

  const done = await cli.run(["--path", folder.path, "--yes", "--json"]);
  assert.equal(done.code, 0, done.err);
  assert.equal(JSON.parse(done.out).created, 1);
  await folder.write("a.json", { "activation text": "other" });
  const change = await cli.run(["--dry-run"]);
  assert.match(change.out, /activation_text: "word" → "other"/);
  await folder.write("b.json", "{");
  await folder.writeModel("b.safetensors");
  const failed = await cli.run(["--json"]);
  assert.equal(failed.code, 1);
  assert.equal(JSON.parse(failed.out).failed, 1);
});

Deno.test("deno task import cannot run beside a process that answers nothing", async () => {
  await using cli = await Cli.make();
  const lock = await DataDirLock.acquire(cli.dataDir);
  const { code, err } = await cli.run([]);
  await lock.release();
  assert.equal(code, 3);
  assert.match(err, new RegExp(`process ${Deno.pid} is using it`));
});

Deno.test("Ctrl-C cancels the import, keeps what is done and exits 130", async () => {
  await using cli = await Cli.make();
  await using folder = await LibraryFolder.make();
  // Enough for several seconds: the first figures come after two.
  const models = 12_000;
  for (let n = 0; n < models; n++) await folder.writeModel(`m${n}.safetensors`, {}, `${n}`);
  const child = cli.spawn(["--path", folder.path, "--yes"]);
  const reader = child.stderr.pipeThrough(new TextDecoderStream()).getReader();
  let told = "";
  while (!/Importing: [1-9]\d* of/.test(told)) {
    const { value, done } = await reader.read();
    if (done) break;
    told += value;
  }
  child.kill("SIGINT");
  const [{ code }, out] = await Promise.all([child.status, new Response(child.stdout).text()]);
  while (!(await reader.read()).done);
  assert.equal(code, 130, told);
  assert.match(out, /Cancelled; what was imported stays/);
  const again = await cli.run(["--json"]);
  const { created, unchanged } = JSON.parse(again.out);
  assert.equal(created + unchanged, models);
  assert.ok(unchanged > 0, "the first run's records are there");
});

Deno.test("deno task import drives a running server, with a key if it needs one", async () => {
  await using cli = await Cli.make();
  await using folder = await LibraryFolder.make();
  await folder.writeModel("a.safetensors");
  const key = "a-key-for-this-test";
  const database = await openDatabase({ dataDir: cli.dataDir, databaseUrl: null });
  await using app = await testApp({ env: { LM_API_KEYS: `admin:${key}` }, database });
  await app.services.startWorkers();
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, (request) => {
    const { pathname, search } = new URL(request.url);
    return app.fetch(pathname + search, {
      method: request.method,
      headers: [...request.headers].filter(([name]) => name !== "host"),
      body: request.body,
    });
  });
  await database.lock!.setAddress(`http://127.0.0.1:${server.addr.port}`);
  const args = ["--path", folder.path, "--yes", "--json"];
  const refused = await cli.run(args);
  assert.equal(refused.code, 3);
  assert.match(refused.err, /refused/);
  const done = await cli.run(args, { LM_API_KEY: key });
  assert.equal(done.code, 0, done.err);
  assert.equal(JSON.parse(done.out).created, 1);
  await server.shutdown();
});
