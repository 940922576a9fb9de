import { join } from "node:path";
import postgres from "postgres";
import { openDatabase } from "@/lib/db/open.ts";
import { migrate } from "@/lib/db/migrate.ts";
import { connectPostgres } from "@/lib/db/postgres.ts";
import { exists } from "./pglite_template.ts";

/** The oldest release we promise to run on; a newer one serves where it is missing. */
const BIN = ["15", "16", "17", "18"].map((version) => `/usr/lib/postgresql/${version}/bin`)
  .find((folder) => {
    try {
      return Deno.statSync(join(folder, "initdb")).isFile;
    } catch {
      return false;
    }
  });

export const hasPostgres = BIN !== undefined;
if (!hasPostgres && Deno.env.get("CI") === "true") {
  throw new Error("Postgres is not installed, and CI must not skip its half of the tests");
}
const TEMPLATE = "lm_template";

/** One server for all test files of this process; they do not share modules, so the folder's name is how they meet. */
const home = join(Deno.env.get("TMPDIR") ?? "/tmp", `lm-test-postgres-${Deno.pid}`);
let server: Promise<void> | undefined;
let created = 0;

export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

/** A fresh, migrated database on the server; with `empty`, without any table. */
export async function createDatabase({ empty = false } = {}): Promise<TestDatabase> {
  await (server ??= start());
  const name = `t${Date.now().toString(36)}_${crypto.randomUUID().slice(0, 8)}_${created++}`;
  await admin((sql) =>
    sql.unsafe(`create database ${name} template ${empty ? "template0" : TEMPLATE}`)
  );
  return {
    url: urlOf(name),
    drop: () => admin((sql) => sql.unsafe(`drop database ${name} with (force)`)),
  };
}

const urlOf = (database: string): string =>
  `postgres://lm@localhost/${database}?host=${encodeURIComponent(home)}`;

async function admin(work: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = connectPostgres(urlOf("postgres"));
  try {
    await work(sql);
  } finally {
    await sql.end();
  }
}

async function start(): Promise<void> {
  if (BIN === undefined) throw new Error("Cannot start Postgres: initdb is not installed");
  try {
    await Deno.mkdir(home, { mode: 0o700 });
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    return await started();
  }
  const user = await unprivileged();
  if (user) await Deno.chown(home, user.uid, user.gid);
  const data = join(home, "data");
  await run(
    user,
    join(BIN, "initdb"),
    ...["-D", data, "-U", "lm", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
  );
  const settings = [
    `-k ${home} -c listen_addresses= -c max_connections=200`,
    // A test database need not survive a power cut, only killed clients.
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off",
  ].join(" ");
  await stopWithUs(data);
  await run(
    user,
    join(BIN, "pg_ctl"),
    ...["-D", data, "-w", "-l", join(home, "log"), "-o", settings, "start"],
  );
  await admin((sql) => sql.unsafe(`create database ${TEMPLATE} template template0`));
  const open = await openDatabase({ dataDir: home, databaseUrl: urlOf(TEMPLATE) });
  await migrate(open.db);
  await open.close();
  await Deno.writeTextFile(join(home, "ready"), "");
}

/** Waits for the test file that got there first. */
async function started(): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end;) {
    if (await exists(join(home, "ready"))) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`Postgres in ${home} did not start: see its log`);
}

interface User {
  uid: number;
  gid: number;
}

/** Postgres refuses to run as root. */
async function unprivileged(): Promise<User | null> {
  if (Deno.uid() !== 0) return null;
  const passwd = await Deno.readTextFile("/etc/passwd");
  const line = passwd.split("\n").find((line) => /^(postgres|nobody):/.test(line));
  if (!line) throw new Error("Cannot start Postgres as root: no user postgres or nobody");
  const [, , uid, gid] = line.split(":");
  return { uid: Number(uid), gid: Number(gid) };
}

/** Stops the server and removes its folder once this process is gone, however it went. */
async function stopWithUs(data: string): Promise<void> {
  const script = `( while kill -0 ${Deno.pid} 2>/dev/null; do sleep 1; done
    kill -QUIT "$(head -n 1 ${data}/postmaster.pid)"; sleep 1; rm -rf ${home} ) >/dev/null 2>&1 &`;
  await run(null, "setsid", "sh", "-c", script);
}

async function run(user: User | null, command: string, ...args: string[]): Promise<void> {
  // No pipes: the server would keep them open and we would wait for their end.
  const log = join(home, "setup.log");
  const { success } = await new Deno.Command("sh", {
    args: ["-c", `exec "$0" "$@" >>${log} 2>&1 </dev/null`, command, ...args],
    ...(user ?? {}),
    cwd: "/",
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).output();
  if (!success) throw new Error(`${command} failed: ${await Deno.readTextFile(log)}`);
}
