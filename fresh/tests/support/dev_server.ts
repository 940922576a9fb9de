import assert from "node:assert/strict";
import { FIXTURE, vite } from "./vite.ts";

/** A message of Vite's to the browser. */
export interface HotMessage {
  readonly type: string;
  readonly updates?: readonly { readonly path: string }[];
}

/** A dev server on a copy of the fixture, so that a test may edit the sources. */
export class DevServer implements AsyncDisposable {
  readonly origin: string;
  readonly #folder: string;
  readonly #process: Deno.ChildProcess;
  readonly #output: Promise<void>;

  private constructor(
    origin: string,
    folder: string,
    process: Deno.ChildProcess,
    output: Promise<void>,
  ) {
    this.origin = origin;
    this.#folder = folder;
    this.#process = process;
    this.#output = output;
  }

  static async start(): Promise<DevServer> {
    // Beside the fixture: its imports must find the same deno.json, and Tailwind skips what git does.
    const folder = await Deno.makeTempDir({ dir: `${FIXTURE}/..`, prefix: "dev-" });
    await copy(FIXTURE, folder);
    const process = vite(folder, "--port", "0", "--host", "127.0.0.1");
    const listening = Promise.withResolvers<string>();
    let log = "";
    const read = async (stream: ReadableStream<Uint8Array<ArrayBuffer>>) => {
      for await (const text of stream.pipeThrough(new TextDecoderStream())) {
        log += text;
        const origin = /Local:\s+(http:\/\/[^/\s]+)/.exec(log)?.[1];
        if (origin) listening.resolve(origin);
      }
    };
    const output = Promise.all([read(process.stdout), read(process.stderr)]).then(() => {
      listening.reject(new Error(`Vite ended before it listened:\n${log}`));
    });
    return new DevServer(await listening.promise, folder, process, output);
  }

  async text(path: string, init?: RequestInit): Promise<string> {
    return await (await fetch(this.origin + path, init)).text();
  }

  async edit(path: string, change: (source: string) => string): Promise<void> {
    const file = `${this.#folder}/${path}`;
    const source = await Deno.readTextFile(file);
    const changed = change(source);
    assert.notEqual(changed, source, `nothing to change in ${path}`);
    await Deno.writeTextFile(file, changed);
  }

  async write(path: string, source: string): Promise<void> {
    await Deno.writeTextFile(`${this.#folder}/${path}`, source);
  }

  async remove(path: string): Promise<void> {
    await Deno.remove(`${this.#folder}/${path}`);
  }

  /** What a browser's connection to Vite receives while `act` runs, up to a message of `type`. */
  async messagesDuring(type: string, act: () => Promise<void>): Promise<HotMessage[]> {
    const client = await this.text("/@vite/client");
    const token = /wsToken = "([^"]+)"/.exec(client)![1];
    const socket = new WebSocket(
      `${this.origin.replace("http", "ws")}/?token=${token}`,
      "vite-hmr",
    );
    const messages: HotMessage[] = [];
    const done = Promise.withResolvers<void>();
    const connected = Promise.withResolvers<void>();
    socket.onmessage = ({ data }) => {
      const message: HotMessage = JSON.parse(data);
      if (message.type === "connected") return connected.resolve();
      messages.push(message);
      if (message.type === type) done.resolve();
    };
    socket.onerror = () => done.reject(new Error("Vite's socket failed"));
    await connected.promise;
    await act();
    await done.promise;
    await close(socket);
    return messages;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#process.kill("SIGTERM");
    await this.#process.status;
    await this.#output;
    await Deno.remove(this.#folder, { recursive: true });
  }
}

/** Resolves once the other side has taken leave too, so that nothing of the socket is left. */
export async function close(socket: WebSocket): Promise<void> {
  const closed = Promise.withResolvers<void>();
  socket.onclose = () => closed.resolve();
  socket.close();
  await closed.promise;
}

async function copy(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (name === "_fresh" || name === "node_modules") continue;
    if (isDirectory) await copy(`${from}/${name}`, `${to}/${name}`);
    else await Deno.copyFile(`${from}/${name}`, `${to}/${name}`);
  }
}
