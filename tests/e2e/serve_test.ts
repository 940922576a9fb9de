import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { makeDataDir } from "../support/database.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The server with the very permissions that `deno task start` grants; the build is there already. */
async function serverArgs(): Promise<string[]> {
  const { tasks } = JSON.parse(await Deno.readTextFile(`${ROOT}/deno.json`));
  const command: string = tasks.start.split(" && ").at(-1);
  return command.split(" ").slice(1);
}

async function spawn(env: Record<string, string>) {
  const process = new Deno.Command(Deno.execPath(), {
    args: await serverArgs(),
    cwd: ROOT,
    env: { LM_PORT: "0", LM_LIBRARY: "", LM_API_KEYS: "", DATABASE_URL: "", ...env },
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  return process;
}

/** Reads until the server says where it listens, and everything after that in the background. */
async function addressOf(process: Deno.ChildProcess): Promise<string> {
  const ready = Promise.withResolvers<string>();
  let printed = "";
  process.stdout.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>).pipeTo(
    new WritableStream({
      write(text) {
        printed += text;
        const address = /ready at (http:\S+)/.exec(printed)?.[1];
        if (address) ready.resolve(address);
      },
      close: () => ready.reject(new Error(`The server ended: ${printed}`)),
    }),
  );
  return await ready.promise;
}

async function refusal(env: Record<string, string>): Promise<{ code: number; message: string }> {
  const { code, stderr } = await (await spawn(env)).output();
  return { code, message: new TextDecoder().decode(stderr) };
}

Deno.test("serve.ts holds its data folder, ends streams and exits 0 when asked to stop", async () => {
  const dataDir = await makeDataDir();
  try {
    const process = await spawn({ LM_DATA_DIR: dataDir });
    const errors = process.stderr.cancel();
    const address = await addressOf(process);
    assert.equal(JSON.parse(await Deno.readTextFile(`${dataDir}/lock`)).address, address);

    const second = await refusal({ LM_DATA_DIR: dataDir });
    assert.equal(second.code, 1);
    assert.ok(second.message.includes(`${dataDir}/lock`), second.message);
    assert.doesNotMatch(second.message, /\n\s+at /);

    const stream = await fetch(`${address}/api/v1/events`);
    process.kill("SIGTERM");
    assert.match(await stream.text(), /^retry:/);
    assert.equal((await process.status).code, 0);
    await errors;
  } finally {
    await Deno.remove(dataDir, { recursive: true });
  }
});

Deno.test("serve.ts does not listen for strangers without a key, and says every fault of its configuration", async () => {
  const dataDir = await makeDataDir();
  try {
    const exposed = await refusal({ LM_DATA_DIR: dataDir, LM_HOST: "0.0.0.0" });
    assert.equal(exposed.code, 1);
    assert.match(exposed.message, /no API key is configured/);
    const faulty = await refusal({ LM_DATA_DIR: dataDir, LM_PORT: "x", LM_LOG_FORMAT: "y" });
    assert.equal(faulty.code, 1);
    assert.match(faulty.message, /LM_PORT: .*\n.*LM_LOG_FORMAT: /);
  } finally {
    await Deno.remove(dataDir, { recursive: true });
  }
});
