import { getLogger } from "@logtape/logtape";
import type { Db } from "@/lib/db/schema.ts";
import { SettingsPatch, SettingValues } from "./schema.ts";

const log = getLogger(["lm", "settings"]);
/** How long another process may take to notice a change; this one notices at once. */
const CACHE_MS = 5_000;

/** The settings, kept as one row per name so that an older version leaves newer ones alone. */
export class Settings {
  readonly #db: Db;
  #cache: { values: SettingValues; readAt: number } | null = null;

  constructor({ db }: { db: Db }) {
    this.#db = db;
  }

  async get(): Promise<SettingValues> {
    if (!this.#cache || Date.now() - this.#cache.readAt > CACHE_MS) {
      this.#cache = { values: await this.#read(), readAt: Date.now() };
    }
    return this.#cache.values;
  }

  async update(patch: SettingsPatch): Promise<SettingValues> {
    const entries = Object.entries(SettingsPatch.parse(patch))
      .filter(([, value]) => value !== undefined);
    if (entries.length > 0) {
      await this.#db.insertInto("setting")
        .values(entries.map(([key, value]) => ({ key, value: JSON.stringify(value) })))
        .onConflict((conflict) =>
          conflict.column("key").doUpdateSet((eb) => ({
            value: eb.ref("excluded.value"),
            updated_at: new Date(),
          }))
        ).execute();
    }
    this.#cache = null;
    return await this.get();
  }

  async #read(): Promise<SettingValues> {
    const rows = await this.#db.selectFrom("setting").select(["key", "value"]).execute();
    const stored = Object.fromEntries(rows.map(({ key, value }) => [key, value]));
    const parsed = SettingValues.safeParse(stored);
    if (parsed.success) return Object.freeze(parsed.data);
    // A value this version does not know, e.g. after a downgrade: the default is better than no server.
    for (const { path } of parsed.error.issues) {
      log.warn("Ignored a stored setting that is not valid", { name: String(path[0]) });
      delete stored[String(path[0])];
    }
    return Object.freeze(SettingValues.parse(stored));
  }
}
