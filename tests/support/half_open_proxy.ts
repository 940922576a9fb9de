/**
 * A TCP port before a Unix socket. Frozen, it keeps connections open and passes nothing on, as a dead route does; gone, it
 * refuses them.
 */
export class HalfOpenProxy implements AsyncDisposable {
  #listener: Deno.TcpListener | null = null;
  readonly #port: number;
  readonly #target: string;
  readonly #open = new Set<Deno.Conn>();
  readonly #work: Promise<unknown>[] = [];
  #thaw = Promise.withResolvers<void>();

  constructor(target: string) {
    this.#target = target;
    this.#port = this.#listen(0);
    this.#thaw.resolve();
  }

  get port(): number {
    return this.#port;
  }

  /** As a server that stops. */
  leave(): void {
    this.#listener?.close();
    this.#listener = null;
    for (const connection of this.#open) this.#close(connection);
  }

  /** As a server that starts again. */
  comeBack(): void {
    this.#listen(this.#port);
  }

  freeze(): void {
    this.#thaw = Promise.withResolvers();
  }

  thaw(): void {
    this.#thaw.resolve();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.thaw();
    this.leave();
    await Promise.allSettled(this.#work);
  }

  #listen(port: number): number {
    const listener = Deno.listen({ hostname: "127.0.0.1", port });
    this.#listener = listener;
    this.#work.push(this.#accept(listener));
    return listener.addr.port;
  }

  async #accept(listener: Deno.TcpListener): Promise<void> {
    for await (const client of listener) {
      const server = await Deno.connect({ transport: "unix", path: this.#target });
      this.#open.add(client).add(server);
      this.#work.push(this.#pass(client, server), this.#pass(server, client));
    }
  }

  async #pass(from: Deno.Conn, to: Deno.Conn): Promise<void> {
    const buffer = new Uint8Array(65536);
    try {
      for (let n: number | null; (n = await from.read(buffer)) !== null;) {
        await this.#thaw.promise;
        for (let done = 0; done < n;) done += await to.write(buffer.subarray(done, n));
      }
    } catch {
      // Either side may go at any time.
    } finally {
      this.#close(from);
      this.#close(to);
    }
  }

  #close(connection: Deno.Conn): void {
    if (this.#open.delete(connection)) connection.close();
  }
}
