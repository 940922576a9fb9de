// deno-lint-ignore-file no-console -- the address is what it prints
/**
 * The least that a page can cost: the same rows by primary key, from the same data in the same kind of process, as the
 * driver gives them.
 *
 *     deno run -A bench/catalog_floor.ts DATA_DIR
 */
import { openDatabase } from "@/lib/db/open.ts";
import { CARD_COLUMNS, FULL_COLUMNS } from "@/lib/catalog/repository.ts";
import type { AdapterTable } from "@/lib/db/schema.ts";

const COLUMNS = { "/cards": CARD_COLUMNS, "/full": FULL_COLUMNS };

const { db } = await openDatabase({ dataDir: Deno.args[0]!, databaseUrl: null });
const server = Deno.serve({
  hostname: "127.0.0.1",
  port: 0,
  onListen: ({ hostname, port }) => console.log(`http://${hostname}:${port}`),
}, async (request) => {
  const { pathname, searchParams } = new URL(request.url);
  const rows = await db.selectFrom("adapter")
    .select([...COLUMNS[pathname as keyof typeof COLUMNS]] as (keyof AdapterTable)[])
    .where("id", "in", searchParams.get("ids")!.split(","))
    .execute();
  return Response.json(rows);
});
Deno.addSignalListener("SIGTERM", () => server.shutdown());
await server.finished;
await db.destroy();
Deno.exit(0);
