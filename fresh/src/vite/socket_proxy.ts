import type { IncomingMessage } from "node:http";
import { connect } from "node:net";
import type { Duplex } from "node:stream";
import type { ViteDevServer } from "vite";
import type { Handler } from "../dispatch.ts";

type HttpServer = NonNullable<ViteDevServer["httpServer"]>;

/**
 * Deno can upgrade only requests of its own server, and Vite's is another. So the bytes of an
 * upgrade go to a server of Deno's on a loopback port, which is started with the first of them.
 */
export function forwardSockets(server: HttpServer, handler: () => Promise<Handler>): void {
  let inner: Deno.HttpServer<Deno.NetAddr> | null = null;
  server.on("upgrade", (req: IncomingMessage, socket: Duplex, head: Uint8Array) => {
    // Vite's own sockets name its protocol.
    if (req.headers["sec-websocket-protocol"]?.startsWith("vite-")) return;
    inner ??= Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      async (request, info) => await (await handler())(request, info),
    );
    const upstream = connect(inner.addr.port, "127.0.0.1", () => {
      upstream.write(requestHead(req));
      upstream.write(head);
      upstream.pipe(socket).pipe(upstream);
    });
    const close = () => {
      upstream.destroy();
      socket.destroy();
    };
    upstream.on("error", close).on("close", close);
    socket.on("error", close).on("close", close);
  });
  server.once("close", () => inner?.shutdown());
}

function requestHead({ method, url, httpVersion, rawHeaders }: IncomingMessage): string {
  let head = `${method} ${url} HTTP/${httpVersion}\r\n`;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    head += `${rawHeaders[index]}: ${rawHeaders[index + 1]}\r\n`;
  }
  return `${head}\r\n`;
}
