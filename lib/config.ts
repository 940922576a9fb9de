import { isIP } from "node:net";
import { delimiter, resolve } from "node:path";
import { parseEnv } from "node:util";
import { z } from "zod";
import type { Role } from "@/lib/db/schema.ts";
import { Secret } from "@/lib/secret.ts";

export interface Config {
  /** Absolute; everything the application writes is below it. */
  readonly dataDir: string;
  /** Null: the embedded database in `dataDir`. */
  readonly databaseUrl: Secret | null;
  /** Absolute folders registered as library roots at start. */
  readonly library: readonly string[];
  readonly host: string;
  readonly port: number;
  readonly apiKeys: readonly { readonly role: Role; readonly key: Secret }[];
  readonly allowAnonymous: boolean;
  readonly logLevel: "debug" | "info" | "warning" | "error";
  readonly logFormat: "text" | "json";
  /** Scheme, host and port by which browsers reach the server, e.g. behind a proxy; never with a path. */
  readonly publicOrigin: string | null;
  /** Addresses or CIDR ranges whose `X-Forwarded-*` headers are believed. */
  readonly trustedProxies: readonly string[];
  /** Foreign origins whose pages may call the API with a key. */
  readonly corsOrigins: readonly string[];
  /** API calls a minute for one key; 0 switches the limit off. */
  readonly apiCallsPerMinute: number;
}

/** Every fault of the environment at once. */
export class ConfigError extends Error {
  constructor(readonly faults: readonly { name: string; message: string }[]) {
    super(
      "The configuration has faults:\n" +
        faults.map(({ name, message }) => `  ${name}: ${message}`).join("\n"),
    );
    this.name = "ConfigError";
  }
}

const list = (separator: string | RegExp) =>
  z.string().transform((text) => text.split(separator).map((s) => s.trim()).filter(Boolean));

const flag = z.enum(["", "0", "1", "false", "true", "no", "yes"], {
  error: "must be 1 or 0",
}).transform((text) => ["1", "true", "yes"].includes(text));

const origin = z.string().transform((text, ctx) => {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== "/" || url.search || url.hash) {
    ctx.addIssue(`${text} is not an origin such as https://loras.example.org`);
    return z.NEVER;
  }
  return url.origin;
});

const MIN_KEY_LENGTH = 8;
const apiKeys = list(/[\s,]+/).transform((entries, ctx) =>
  entries.map((entry, index) => {
    const [role, ...rest] = entry.split(":");
    const key = rest.join(":");
    // The entry itself is never quoted: it may hold the key.
    if (role !== "read" && role !== "write" && role !== "admin") {
      ctx.addIssue(`entry ${index + 1} does not start with read:, write: or admin:`);
    } else if (key.length < MIN_KEY_LENGTH) {
      ctx.addIssue(`entry ${index + 1} has a key shorter than ${MIN_KEY_LENGTH} characters`);
    }
    return Object.freeze({ role: role as Role, key: new Secret(key) });
  })
);

function isAddressOrRange(text: string): boolean {
  const [address = "", bits, ...more] = text.split("/");
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  return bits === undefined ||
    (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

const Environment = z.object({
  LM_DATA_DIR: z.string().min(1).default("./data"),
  DATABASE_URL: z.string().refine((text) => /^postgres(ql)?:\/\//.test(text), {
    error: "must start with postgres:// or postgresql://",
  }).optional(),
  LM_LIBRARY: list(delimiter).prefault(""),
  LM_HOST: z.string().min(1).default("127.0.0.1"),
  LM_PORT: z.string().regex(/^\d+$/, "must be a number").transform(Number)
    .refine((port) => port <= 65_535, "must be at most 65535").default(8000),
  LM_API_KEYS: apiKeys.prefault(""),
  LM_ALLOW_ANONYMOUS: flag.default(false),
  LM_LOG_LEVEL: z.enum(["debug", "info", "warning", "error"]).default("info"),
  LM_LOG_FORMAT: z.enum(["text", "json"]).default("text"),
  LM_PUBLIC_ORIGIN: origin.optional(),
  LM_TRUSTED_PROXIES: list(/[\s,]+/).transform((entries, ctx) => {
    for (const entry of entries) {
      if (!isAddressOrRange(entry)) ctx.addIssue(`${entry} is not an IP address or CIDR range`);
    }
    return entries;
  }).prefault(""),
  LM_CORS_ORIGINS: list(/[\s,]+/).pipe(z.array(origin)).prefault(""),
  LM_API_CALLS_PER_MINUTE: z.string().regex(/^\d+$/, "must be a number").transform(Number)
    .default(120),
});

/** The names this application reads; `deno task doctor` reports other `LM_` ones as misspelt. */
export const ENVIRONMENT_NAMES = Object.keys(Environment.shape);

/**
 * Reads the configuration once. An empty variable counts as unset.
 *
 * @param env Defaults to the process environment, over the `.env` file of the working directory.
 * @throws {ConfigError} Naming every fault.
 */
export function loadConfig(env: Record<string, string | undefined> = environment()): Config {
  const given = Object.fromEntries(
    ENVIRONMENT_NAMES.map((name) => [name, env[name]?.trim() || undefined]),
  );
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    throw new ConfigError(
      parsed.error.issues.map(({ path, message }) => ({ name: String(path[0]), message })),
    );
  }
  const e = parsed.data;
  return Object.freeze({
    dataDir: resolve(e.LM_DATA_DIR),
    databaseUrl: e.DATABASE_URL ? new Secret(e.DATABASE_URL) : null,
    library: Object.freeze(e.LM_LIBRARY.map((folder) => resolve(folder))),
    host: e.LM_HOST,
    port: e.LM_PORT,
    apiKeys: Object.freeze(e.LM_API_KEYS),
    allowAnonymous: e.LM_ALLOW_ANONYMOUS,
    logLevel: e.LM_LOG_LEVEL,
    logFormat: e.LM_LOG_FORMAT,
    publicOrigin: e.LM_PUBLIC_ORIGIN ?? null,
    trustedProxies: Object.freeze(e.LM_TRUSTED_PROXIES),
    corsOrigins: Object.freeze(e.LM_CORS_ORIGINS),
    apiCallsPerMinute: e.LM_API_CALLS_PER_MINUTE,
  });
}

function environment(): Record<string, string | undefined> {
  const env: Record<string, string | undefined> = dotEnv();
  for (const name of ENVIRONMENT_NAMES) env[name] = Deno.env.get(name) ?? env[name];
  return env;
}

function dotEnv(): Record<string, string | undefined> {
  try {
    return { ...parseEnv(Deno.readTextFileSync(".env")) };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return {};
    throw error;
  }
}
