import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import type { Db } from "@/lib/db/schema.ts";
import { Conflict, Invalid, NotFound } from "@/lib/errors.ts";
import { newId } from "@/lib/shared/id.ts";
import {
  type ContainedFile,
  isInside,
  openInside,
  resolveInside,
} from "@/lib/storage/containment.ts";
import { libraryRoots, type RootRow } from "./repository.ts";
import { rootProblem } from "@/lib/storage/availability.ts";
import type { LibraryRoot } from "./schema.ts";

export interface Located {
  root: { id: string; path: string };
  /** Relative to the root, with `/`; empty for the root itself. */
  relPath: string;
}

const invalidPath = (message: string, cause?: unknown) =>
  new Invalid({ path: "path", message }, { cause });

/** The folders this server may read, and the only way from a stored path to a file. */
export class Library {
  readonly #db: Db;

  constructor({ db }: { db: Db }) {
    this.#db = db;
  }

  async roots(): Promise<LibraryRoot[]> {
    const [rows, counts] = await Promise.all([
      libraryRoots(this.#db).list(),
      libraryRoots(this.#db).counts(),
    ]);
    const countOf = new Map(counts.map((row) => [row.root_id, row]));
    return await Promise.all(rows.map(async (row) => {
      const count = countOf.get(row.id);
      return await this.#view(row, Number(count?.adapters ?? 0), Number(count?.missing ?? 0));
    }));
  }

  /** @throws {NotFound} Also for a removed root. */
  async root(id: string): Promise<RootRow> {
    const row = await libraryRoots(this.#db).find(id);
    if (!row) throw new NotFound("library root", id);
    return row;
  }

  /**
   * The folder a path leads to, without links, whether it is a root or not.
   *
   * @throws {Invalid} If it is not a readable folder.
   */
  folder(path: string): Promise<string> {
    return realFolder(path);
  }

  /**
   * Registers a folder. One that was removed earlier comes back with its records.
   *
   * @throws {Invalid} If it is not a readable folder.
   * @throws {Conflict} If it lies inside another root or around one: each file must have one address.
   */
  async addRoot(path: string, label = ""): Promise<LibraryRoot> {
    const real = await realFolder(path);
    const row = await this.#db.transaction().execute(async (tx) => {
      await libraryRoots(tx).lock();
      for (const other of await libraryRoots(tx).list()) {
        if (other.path === real) throw new Conflict(`${real} is a library root already`);
        if (isInside(other.path, real)) {
          throw new Conflict(`${real} lies inside the library root ${other.path}`);
        }
        if (isInside(real, other.path)) {
          throw new Conflict(`${real} contains the library root ${other.path}`);
        }
      }
      return await libraryRoots(tx).add({ id: newId(), path: real, label });
    });
    return await this.#view(row, 0, 0);
  }

  /**
   * Registers the folders of the configuration that no root covers yet.
   *
   * @returns What stood in the way, one line for each folder that could not be added.
   */
  async ensureRoots(paths: readonly string[]): Promise<string[]> {
    const problems: string[] = [];
    for (const path of paths) {
      try {
        if (!await this.covers(path)) await this.addRoot(path);
      } catch (error) {
        if (!(error instanceof Invalid || error instanceof Conflict)) throw error;
        problems.push(`${path}: ${error.message}`);
      }
    }
    return problems;
  }

  /** Forgets the folder; its records stay, and come back with it. */
  async removeRoot(id: string): Promise<void> {
    if (!await libraryRoots(this.#db).remove(id)) throw new NotFound("library root", id);
  }

  /** Remembers that a scan of the whole root has ended, and how many files it saw. */
  async noteScan(rootId: string, files: number): Promise<void> {
    await libraryRoots(this.#db).noteScan(rootId, files);
  }

  /** True if `path` is a root or lies inside one. */
  async covers(path: string): Promise<boolean> {
    try {
      await this.locate(path);
      return true;
    } catch (error) {
      if (error instanceof Invalid) return false;
      throw error;
    }
  }

  /**
   * The real place of a stored path. To read the file, prefer `open`.
   *
   * @param relPath As stored in `adapter.file_path`.
   * @throws {Invalid} If it leads outside the root.
   * @throws {Deno.errors.NotFound} If the drive or the file is absent.
   */
  async resolve(rootId: string, relPath: string): Promise<string> {
    return await resolveInside((await this.root(rootId)).path, relPath);
  }

  /** Opens a stored path for reading; see `openInside`. */
  async open(rootId: string, relPath: string): Promise<ContainedFile> {
    return await openInside((await this.root(rootId)).path, relPath);
  }

  /**
   * Finds the root that a path from outside belongs to. The file itself need not exist; links in the part that
   * does are followed first, so a link cannot smuggle a path in or out.
   *
   * @param absolute A path of this machine.
   * @throws {Invalid} If it is not absolute or lies outside all roots.
   */
  async locate(absolute: string): Promise<Located> {
    // deno-lint-ignore no-control-regex
    if (/[\u0000-\u001f\u007f]/.test(absolute)) {
      throw invalidPath("The path contains a control character");
    }
    if (!isAbsolute(absolute)) throw invalidPath("The path must be absolute");
    const real = await realPathOfNearest(resolve(absolute));
    for (const { id, path } of await libraryRoots(this.#db).list()) {
      const realRoot = await realPathOfNearest(path);
      if (isInside(realRoot, real)) {
        return { root: { id, path }, relPath: relative(realRoot, real).split(sep).join("/") };
      }
    }
    throw invalidPath(`${absolute} lies outside all library roots`);
  }

  async #view(row: RootRow, adapters: number, missing: number): Promise<LibraryRoot> {
    const problem = await rootProblem(row.path);
    return {
      id: row.id,
      path: row.path,
      label: row.label,
      created_at: row.created_at.toISOString(),
      last_scan_at: row.last_scan_at?.toISOString() ?? null,
      last_scan_files: row.last_scan_files,
      available: problem === null,
      problem,
      adapters,
      missing,
    };
  }
}

async function realFolder(path: string): Promise<string> {
  if (path.includes("\0")) throw invalidPath("The path contains a NUL character");
  if (!isAbsolute(path)) throw invalidPath("The path must be absolute");
  // A network share in Windows' spelling would make this server log in to a host of the caller's choice.
  if (/^[\\/]{2}/.test(path)) throw invalidPath("Network paths must be mounted first");
  const real = await Deno.realPath(path).catch((cause) => {
    throw invalidPath(`${path} cannot be opened: ${reasonOf(cause)}`, cause);
  });
  const problem = await rootProblem(real);
  if (problem) throw invalidPath(problem);
  return real;
}

const reasonOf = (error: unknown) =>
  error instanceof Deno.errors.NotFound
    ? "it does not exist"
    : error instanceof Deno.errors.PermissionDenied || error instanceof Deno.errors.NotCapable
    ? "permission denied"
    : "it cannot be read";

/** Follows the links of the longest part that exists, and keeps the rest as written. */
async function realPathOfNearest(path: string): Promise<string> {
  const rest: string[] = [];
  for (let at = path;;) {
    try {
      return join(await Deno.realPath(at), ...rest);
    } catch (error) {
      const parent = dirname(at);
      if (parent === at || !(error instanceof Deno.errors.NotFound)) {
        throw invalidPath(`${path} cannot be resolved`, error);
      }
      // A dangling link exists, although what it names does not: nobody can say where it will lead.
      if (await Deno.lstat(at).then((info) => info.isSymlink, () => false)) {
        throw invalidPath(`${path} leads through a broken link`, error);
      }
      rest.unshift(relative(parent, at));
      at = parent;
    }
  }
}
