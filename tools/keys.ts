// deno-lint-ignore-file no-console -- a command line tool
import { Command, Option } from "commander";
import { z } from "zod";
import { Keys } from "@/lib/access/keys.ts";
import { CreateKey, type KeyView } from "@/lib/access/schema.ts";
import type { Viewer } from "@/lib/access/viewer.ts";
import { loadConfig } from "@/lib/config.ts";
import { migrate } from "@/lib/db/migrate.ts";
import { openDatabase } from "@/lib/db/open.ts";
import { ServerApi } from "./server_api.ts";

/** What both ways to the keys can do. */
interface KeyStore {
  list(): Promise<KeyView[]>;
  create(fields: CreateKey): Promise<{ key: string; record: KeyView }>;
  revoke(id: string): Promise<void>;
}

/** Whoever can open the database may do anything with it. */
const OWNER: Viewer = { kind: "local", role: "admin", keyId: null, nsfwMax: 63, nsfwBlurFrom: 63 };

/** Uses the running server if there is one, else the database itself. */
async function withStore<T>(key: string | undefined, use: (store: KeyStore) => Promise<T>) {
  const config = loadConfig();
  const server = await ServerApi.find(config, key);
  if (server) {
    return await use({
      list: async () => (await server.request<{ items: KeyView[] }>("GET", "/api/v1/keys")).items,
      create: (fields) => server.request("POST", "/api/v1/keys", fields),
      revoke: (id) => server.request("DELETE", `/api/v1/keys/${encodeURIComponent(id)}`),
    });
  }
  const { db, close } = await openDatabase({
    dataDir: config.dataDir,
    databaseUrl: config.databaseUrl?.reveal() ?? null,
  });
  try {
    await migrate(db);
    const keys = new Keys({ db });
    return await use({
      list: () => keys.list(),
      create: (fields) => keys.create(fields, OWNER),
      revoke: (id) => keys.revoke(id),
    });
  } finally {
    await close();
  }
}

function describe(key: KeyView): string {
  const state = key.revoked_at
    ? `revoked ${key.revoked_at}`
    : key.expires_at
    ? `expires ${key.expires_at}`
    : "valid";
  const used = key.last_used_at ? `last used ${key.last_used_at}` : "never used";
  return `${key.id}  ${key.role.padEnd(5)}  ${
    (key.prefix || key.source).padEnd(11)
  }  ${key.name}  (${state}, ${used})`;
}

const program = new Command("keys").description("Makes, lists and revokes API keys.")
  .option("--key <key>", "admin key for a server that is running");

program.command("list", { isDefault: true }).description("all keys, newest first").action(
  async () => {
    const list = await withStore(program.opts().key, (store) => store.list());
    console.log(
      list.length > 0 ? list.map(describe).join("\n") : "No keys: the server trusts this machine",
    );
  },
);

program.command("create").description("makes a key and prints it, once")
  .requiredOption("--name <name>", "what or who uses it")
  .addOption(new Option("--role <role>").choices(["read", "write", "admin"]).default("read"))
  .option("--nsfw-max <level>", "highest content level it sees: 1, 2, 4, 8, 16 or 32", Number)
  .option("--expires <date>", "ISO 8601 date or time")
  .action(async ({ name, role, nsfwMax, expires }) => {
    const fields = CreateKey.parse({
      name,
      role,
      nsfw_max: nsfwMax ?? null,
      expires_at: expires ? new Date(expires).toISOString() : null,
    });
    const made = await withStore(program.opts().key, (store) => store.create(fields));
    console.log(
      `Made ${made.record.id} (${made.record.role}). The key is shown only now:\n${made.key}`,
    );
  });

program.command("revoke").description("ends a key and its sessions at once").argument("<id>")
  .action(async (text) => {
    const id = z.uuid("Not the id of a key; see `keys list`").parse(text);
    await withStore(program.opts().key, (store) => store.revoke(id));
    console.log(`Revoked ${id}`);
  });

if (import.meta.main) {
  try {
    await program.parseAsync(Deno.args, { from: "user" });
  } catch (error) {
    console.error(
      error instanceof z.ZodError
        ? z.prettifyError(error)
        : error instanceof Error
        ? error.message
        : error,
    );
    Deno.exit(1);
  }
}
