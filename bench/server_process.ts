/** A server in a process of its own, which prints the address it listens on. */
export class ServerProcess implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #drained: Promise<void>;

  private constructor(
    child: Deno.ChildProcess,
    readonly address: string,
    drained: Promise<void>,
  ) {
    this.#child = child;
    this.#drained = drained;
  }

  /** @param args Of `deno`. @throws {Error} With its output, if it ends before it listens. */
  static async start(args: string[], env: Record<string, string>): Promise<ServerProcess> {
    const child = new Deno.Command(Deno.execPath(), {
      args,
      env,
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
    const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    let output = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) throw new Error(`The server ended before it listened:\n${output}`);
      output += value;
      const address = /http:\/\/[\d.:]+/.exec(output)?.[0];
      if (address && output.includes("\n", output.indexOf(address))) {
        return new ServerProcess(child, address, drain(reader));
      }
    }
  }

  async [Symbol.asyncDispose]() {
    this.#child.kill("SIGTERM");
    await this.#child.status;
    await this.#drained;
  }
}

async function drain(reader: ReadableStreamDefaultReader<string>): Promise<void> {
  while (!(await reader.read()).done);
}
