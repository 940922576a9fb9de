// Loaded here first: it is CommonJS that requires ES modules, which Deno resolves only if the import does not
// come from inside a package, as Vite's do.
import "sanitize-html";
import { createServer } from "vite";

/** The dev server, stopped cleanly so that the application lets go of its data folder. */
if (import.meta.main) {
  const server = await createServer({ configLoader: "native" });
  await server.listen();
  server.printUrls();
  const stop = async () => {
    await server.close();
    Deno.exit(0);
  };
  Deno.addSignalListener("SIGINT", stop);
  if (Deno.build.os !== "windows") Deno.addSignalListener("SIGTERM", stop);
}
