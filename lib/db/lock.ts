import { join } from "node:path";

/** Who holds a data folder, as its lock file says. */
export interface LockHolder {
  pid: number;
  /** Where the holder answers HTTP, for example `http://127.0.0.1:8000`; null until it listens, or for a command line task. */
  address: string | null;
  startedAt: string;
}

/** A second process wanted a data folder that is in use. */
export class DataDirBusy extends Error {
  constructor(readonly lockFile: string, readonly holder: LockHolder | null) {
    const by = holder
      ? ` by process ${holder.pid}${
        holder.address ? ` at ${holder.address}` : ""
      }, since ${holder.startedAt}`
      : "";
    super(`Cannot open the data folder: ${lockFile} is locked${by}`);
    this.name = "DataDirBusy";
  }
}

const LOCK_NAME = "lock";
/** A `runningServer()` elsewhere holds the lock for an instant while it looks; it must not make a start fail. */
const ATTEMPTS = 5;
const BETWEEN_ATTEMPTS_MS = 40;

/**
 * The exclusive right to one data folder, kept by the operating system and released even by SIGKILL.
 *
 * Two processes on one PGlite directory lose acknowledged rows without any error, so this is taken before it opens.
 * The file itself stays: deleting it would let two processes lock two files of the same name.
 */
export class DataDirLock {
  readonly #file: Deno.FsFile;
  #holder: LockHolder;

  private constructor(file: Deno.FsFile, holder: LockHolder) {
    this.#file = file;
    this.#holder = holder;
  }

  /** @throws {DataDirBusy} If another process, or this one, already holds the folder. */
  static async acquire(dataDir: string): Promise<DataDirLock> {
    await Deno.mkdir(dataDir, { recursive: true });
    const path = join(dataDir, LOCK_NAME);
    const file = await Deno.open(path, { read: true, write: true, create: true, mode: 0o600 });
    try {
      for (let attempt = 1; !await file.tryLock(true); attempt++) {
        if (attempt === ATTEMPTS) throw new DataDirBusy(path, await readHolder(path));
        await new Promise((done) => setTimeout(done, BETWEEN_ATTEMPTS_MS));
      }
      const lock = new DataDirLock(file, {
        pid: Deno.pid,
        address: null,
        startedAt: new Date().toISOString(),
      });
      await lock.#write();
      return lock;
    } catch (error) {
      file.close();
      throw error;
    }
  }

  /** Says where this process answers, so that command line tasks can talk to it. */
  async setAddress(address: string): Promise<void> {
    this.#holder = { ...this.#holder, address };
    await this.#write();
  }

  async release(): Promise<void> {
    await this.#file.truncate(0);
    this.#file.close();
  }

  async #write(): Promise<void> {
    const bytes = new TextEncoder().encode(JSON.stringify(this.#holder) + "\n");
    await this.#file.truncate(0);
    await this.#file.seek(0, Deno.SeekMode.Start);
    for (let done = 0; done < bytes.length;) {
      done += await this.#file.write(bytes.subarray(done));
    }
  }
}

/** The process that holds `dataDir` now; null if none does, whatever the file still says. */
export async function runningServer(dataDir: string): Promise<LockHolder | null> {
  const path = join(dataDir, LOCK_NAME);
  let file: Deno.FsFile;
  try {
    file = await Deno.open(path, { read: true });
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
  try {
    return await file.tryLock(false) ? null : await readHolder(path);
  } finally {
    file.close();
  }
}

/** Null while the holder is between truncating and writing, or where locked files cannot be read (Windows). */
async function readHolder(path: string): Promise<LockHolder | null> {
  try {
    return JSON.parse(await Deno.readTextFile(path));
  } catch {
    return null;
  }
}
