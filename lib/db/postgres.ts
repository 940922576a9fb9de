import { once } from "node:events";
import { connect, type Socket } from "node:net";
import postgres from "postgres";
import { ARRAY_TYPES } from "./postgres_arrays.ts";
import { PostgresPool } from "./postgres_pool.ts";

/** A server that stops answering (a dropped route, a frozen host) is noticed after this long without a byte. */
const SILENCE_MS = 30_000;
const CONNECT_TIMEOUT_S = 10;
/** Below SILENCE_MS, so that a slow statement is ended by the server, with its reason, and not by the silence. */
const STATEMENT_TIMEOUT_MS = 25_000;
const IDLE_IN_TRANSACTION_MS = 30_000;
/** Pooled connections close before silence could be mistaken for death. */
const IDLE_CLOSE_S = 20;

export interface PostgresOptions {
  /** Connections kept for statements, 10 by default; two more carry notifications. */
  max?: number;
  silenceMs?: number;
}

/** Connections for statements, kept up to a limit. @see connectPostgres */
export const poolPostgres = (url: string, options: PostgresOptions = {}): PostgresPool =>
  new PostgresPool({
    max: options.max ?? 10,
    connect: (onclose) => connectPostgres(url, { ...options, onclose }),
  });

/**
 * One connection to a Postgres server, and a second if it listens; both open on first use and again after a loss.
 *
 * @param url As libpq takes it; `?host=/run/postgresql` names a Unix socket folder.
 */
export function connectPostgres(
  url: string,
  { silenceMs = SILENCE_MS, onclose }: PostgresOptions & { onclose?: () => void } = {},
): postgres.Sql {
  const { address, socketDir } = splitSocketDir(url);
  return postgres(address, {
    ...(socketDir ? { host: socketDir } : {}),
    max: 1,
    max_lifetime: null,
    onclose,
    fetch_types: false,
    idle_timeout: IDLE_CLOSE_S,
    connect_timeout: CONNECT_TIMEOUT_S,
    // The default prints every notice.
    onnotice: () => {},
    connection: {
      application_name: "lora-manager",
      statement_timeout: STATEMENT_TIMEOUT_MS,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    },
    types: {
      // The default reads int8 as text.
      bigint: { to: 20, from: [20], serialize: String, parse: Number },
      date: {
        to: 1184,
        from: [1114, 1184],
        serialize: toIsoTime,
        parse: (text: string) => new Date(text),
      },
      day: { to: 1082, from: [1082], serialize: String, parse: (text: string) => text },
      // The default would encode JSON text again, into a JSON string that contains JSON.
      json: {
        to: 114,
        from: [114, 3802],
        serialize: (value: unknown) => typeof value === "string" ? value : JSON.stringify(value),
        parse: (text: string) => JSON.parse(text),
      },
      ...ARRAY_TYPES,
    },
    // Not in the type declarations, but in the documentation.
    socket: (server: Server) => dial(server, silenceMs),
  } as postgres.Options<Record<string, postgres.PostgresType>>) as postgres.Sql;
}

interface Server {
  path: string | false;
  host: string[];
  port: number[];
}

async function dial(server: Server, silenceMs: number): Promise<Socket> {
  const socket = server.path
    ? connect(server.path)
    : connect({ host: server.host[0], port: server.port[0]! });
  socket.setTimeout(silenceMs, () => {
    const message = `Postgres sent nothing for ${silenceMs} ms: connection given up`;
    socket.destroy(Object.assign(new Error(message), { code: "CONNECTION_SILENT" }));
  });
  await once(socket, "connect", { signal: AbortSignal.timeout(CONNECT_TIMEOUT_S * 1000) })
    .catch((cause) => {
      socket.destroy();
      throw Object.assign(new Error("Cannot reach Postgres", { cause }), {
        code: "CONNECT_TIMEOUT",
      });
    });
  // TLS checks the certificate against this name.
  return Object.assign(socket, { host: server.host[0] });
}

function splitSocketDir(url: string): { address: string; socketDir: string | null } {
  const parsed = new URL(url);
  const host = parsed.searchParams.get("host");
  if (!host?.startsWith("/")) return { address: url, socketDir: null };
  parsed.searchParams.delete("host");
  return { address: parsed.href, socketDir: host };
}

const toIsoTime = (value: Date | string): string =>
  (value instanceof Date ? value : new Date(value)).toISOString();
