import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const READY_MS = 30_000;

interface JobAnswer {
  items: { status: string }[];
}

/** The built application as its own process on a free port, with its own data; `await using` stops it. */
export class ServedApp implements AsyncDisposable {
  readonly #process: Deno.ChildProcess;
  readonly #dataDir: string;
  readonly origin: string;

  private constructor(process: Deno.ChildProcess, dataDir: string, origin: string) {
    this.#process = process;
    this.#dataDir = dataDir;
    this.origin = origin;
  }

  /**
   * Starts it and imports `library`.
   *
   * @throws {Error} With what the server printed, if it does not come up. Needs `deno task build` to have run.
   */
  static async start(library: string | null, env: Record<string, string> = {}): Promise<ServedApp> {
    const dataDir = await Deno.makeTempDir({ prefix: "lm-served-" });
    const process = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--unstable-no-legacy-abort", "serve.ts"],
      cwd: ROOT,
      env: {
        LM_DATA_DIR: dataDir,
        LM_PORT: "0",
        LM_LIBRARY: library ?? "",
        DATABASE_URL: "",
        ...env,
      },
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
    const app = new ServedApp(process, dataDir, await addressIn(process.stdout));
    if (library !== null) await app.#import();
    return app;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#process.kill("SIGTERM");
    await this.#process.status;
    await Deno.remove(this.#dataDir, { recursive: true });
  }

  /** Imports everything and waits until nothing is left to do, thumbnails' sizes included. */
  async #import(): Promise<void> {
    const started = await fetch(`${this.origin}/api/v1/imports`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    });
    await started.body?.cancel();
    if (started.status !== 202) throw new Error(`The import answered ${started.status}`);
    for (const deadline = Date.now() + READY_MS; Date.now() < deadline;) {
      const answer = await fetch(`${this.origin}/api/v1/jobs?limit=50`);
      const { items } = await answer.json() as JobAnswer;
      if (items.every(({ status }) => status !== "pending" && status !== "running")) return;
    }
    throw new Error("The import did not end");
  }
}

/** Waits for the line in which the server says where it listens, and reads on: a full pipe would stop it. */
async function addressIn(stdout: ReadableStream<Uint8Array>): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const decoder = new TextDecoder();
  let printed = "";
  void stdout.pipeTo(
    new WritableStream({
      write(chunk) {
        printed += decoder.decode(chunk, { stream: true });
        const [, address] = /ready at (http:\/\/\S+)/.exec(printed) ?? [];
        if (address) resolve(address);
      },
      close: () => reject(new Error(`The server did not start: ${printed}`)),
    }),
  );
  return await promise;
}
