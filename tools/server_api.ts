import type { Config } from "@/lib/config.ts";
import { runningServer } from "@/lib/db/lock.ts";
import type { Problem } from "@/lib/http/problem.ts";

/** A server that holds the data folder, asked over HTTP because nobody else may open its database. */
export class ServerApi {
  readonly address: string;
  readonly #key: string | null;

  private constructor(address: string, key: string | null) {
    this.address = address;
    this.#key = key;
  }

  /**
   * The server that runs on the configured data folder.
   *
   * @param key To identify with; by default an admin key of LM_API_KEYS.
   * @returns Null if none does, or if the database is a server of its own that can be opened beside it.
   * @throws {Error} If the folder is held by something that does not answer HTTP.
   */
  static async find(config: Config, key?: string): Promise<ServerApi | null> {
    if (config.databaseUrl) return null;
    const holder = await runningServer(config.dataDir);
    if (!holder) return null;
    if (!holder.address) {
      throw new Error(`Cannot open ${config.dataDir}: process ${holder.pid} is using it`);
    }
    const own = config.apiKeys.find(({ role }) => role === "admin")?.key.reveal();
    return new ServerApi(holder.address, key ?? own ?? null);
  }

  /** @throws {Error} With what the server said. */
  async request<T>(method: string, path: string, body?: unknown): Promise<T> {
    const headers = new Headers();
    if (this.#key !== null) headers.set("x-api-key", this.#key);
    if (body !== undefined) headers.set("content-type", "application/json");
    const response = await fetch(new URL(path, this.address), {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const answer = response.status === 204 ? undefined : await response.json();
    if (response.ok) return answer as T;
    const { detail, title } = answer as Problem;
    const hint = response.status === 401 ? " Give an admin key with --key." : "";
    throw new Error(`The server at ${this.address} refused: ${detail ?? title}.${hint}`);
  }
}
