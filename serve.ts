// deno-lint-ignore-file no-console -- what this prints is for the person who starts it
import { type HostedApp, hostedApp } from "@/lib/hosting.ts";

const DRAIN_MS = 10_000;

/** Loads the built application, listens, and stops cleanly when asked to. */
async function serve(): Promise<void> {
  const { default: built } = await import(new URL("./_fresh/server.js", import.meta.url).href);
  const app = hostedApp();
  const { host, port, publicOrigin } = app.config;
  const abort = new AbortController();
  let server: Deno.HttpServer<Deno.NetAddr>;
  try {
    server = Deno.serve({
      hostname: host,
      port,
      signal: abort.signal,
      onListen: () => {},
      // The application answers its own errors; this is for what fails around it, and says nothing.
      onError: () => new Response("Internal server error", { status: 500 }),
    }, built.fetch);
  } catch (error) {
    await app.close();
    throw error;
  }
  const address = `http://${nameOf(host)}:${server.addr.port}`;
  await app.listening(address);
  console.log(`LoRA Manager is ready at ${publicOrigin ?? address}`);

  await firstSignal();
  console.log("Stopping");
  await stop(server, app, abort);
  Deno.exit(0);
}

/** Takes no new connections, waits for the requests in flight, at most ten seconds, and closes the rest. */
async function stop(
  server: Deno.HttpServer,
  app: HostedApp,
  abort: AbortController,
): Promise<void> {
  app.beginClosing();
  const timer = setTimeout(() => abort.abort(), DRAIN_MS);
  await server.shutdown();
  clearTimeout(timer);
  await app.close();
}

/** A second signal ends the process at once. */
function firstSignal(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const signals: Deno.Signal[] = Deno.build.os === "windows"
    ? ["SIGINT", "SIGBREAK"]
    : ["SIGINT", "SIGTERM"];
  let isFirst = true;
  const onSignal = () => {
    if (!isFirst) Deno.exit(130);
    isFirst = false;
    resolve();
  };
  for (const signal of signals) Deno.addSignalListener(signal, onSignal);
  return promise;
}

/** A name under which this machine reaches itself. */
function nameOf(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}

if (import.meta.main) {
  try {
    await serve();
  } catch (error) {
    // These say all there is to say; a stack would only hide it.
    const isPlain = error instanceof Error &&
      ["ConfigError", "DataDirBusy", "ExposedWithoutKey", "SchemaTooNew", "AddrInUse"]
        .includes(error.name);
    console.error(isPlain ? explain(error) : error);
    Deno.exit(1);
  }
}

function explain(error: Error): string {
  return error.name === "AddrInUse"
    ? "Cannot listen: the port is in use. Set LM_PORT to another one."
    : error.message;
}
