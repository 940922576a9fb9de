import { join } from "node:path";
import type { FileStatus } from "@/lib/db/schema.ts";
import type { FileGroup } from "./group.ts";

/** What the catalog knows about one file of the root, as far as a scan needs it. */
export interface KnownFile {
  id: string;
  /** Relative to the root. */
  path: string;
  fingerprint: string;
  /** Null for a record that never had a model file. */
  size: number | null;
  mtime: number | null;
  status: FileStatus;
  /** Its content level, as a mask. */
  nsfw: number;
}

/** Separators that no stored value contains: names with control characters are refused. */
export const FIELD = "\u001f";
export const RECORD = "\u001e";

/** Reads what `knownFiles()` packed: one text is ten times as fast to carry as as many rows. */
export function unpackKnown(packed: string): KnownFile[] {
  if (packed === "") return [];
  return packed.split(RECORD).map((record) => {
    const [id, path, fingerprint, size, mtime, status, nsfw] = record.split(FIELD);
    return {
      id: id!,
      path: path!,
      fingerprint: fingerprint!,
      size: size ? Number(size) : null,
      mtime: mtime ? Number(mtime) : null,
      status: status as FileStatus,
      nsfw: Number(nsfw),
    };
  });
}

export type Change =
  | { kind: "new"; group: FileGroup }
  | { kind: "changed"; group: FileGroup; id: string }
  /** The same model under another path: its record moves with it. */
  | { kind: "moved"; group: FileGroup; id: string; from: string }
  /** Nothing changed but that the file is there again. */
  | { kind: "back"; group: FileGroup; id: string; nsfw: number }
  /** The model is gone, its sidecars are still there. */
  | { kind: "lost"; group: FileGroup; id: string; nsfw: number };

const nameOf = (path: string) => path.slice(path.lastIndexOf("/") + 1);

const MODEL_EXTENSIONS = ["pt", "ckpt", "bin", "pth", "gguf", "safetensors"];

/** Compares what is found on the disk with what the catalog knows, one group at a time. */
export class Inventory {
  readonly #root: string;
  readonly #byPath = new Map<string, KnownFile>();
  readonly #seen = new Set<string>();
  #byNameAndSize: Map<string, KnownFile[]> | null = null;

  /** @param root Absolute, to see whether a file that might have moved is still at its old place. */
  constructor(root: string, known: KnownFile[]) {
    this.#root = root;
    for (const file of known) this.#byPath.set(file.path, file);
  }

  /**
   * @param force Take what did not change for changed.
   * @returns Null if nothing changed.
   */
  compare(group: FileGroup, force = false): Change | null {
    const known = this.#find(group);
    if (!known) return this.#compareNew(group);
    this.#seen.add(known.path);
    // The group answers to the record's path: `a.json` alone may stand for a lost `a.pt`.
    if (known.path !== group.path) {
      if (group.model) return { kind: "moved", group, id: known.id, from: known.path };
      group = { ...group, path: known.path };
    }
    // Permissions change without a trace in size or time, so what could not be read is tried again.
    if (known.status === "unreadable" && group.model) {
      return { kind: "changed", group, id: known.id };
    }
    if (!group.model && known.size !== null && known.status !== "missing") {
      return { kind: "lost", group, id: known.id, nsfw: known.nsfw };
    }
    if (force || known.fingerprint !== group.fingerprint) {
      return { kind: "changed", group, id: known.id };
    }
    if (group.model && known.status === "missing") {
      return { kind: "back", group, id: known.id, nsfw: known.nsfw };
    }
    return null;
  }

  /** Known files that no group answered to and that are not on the disk (an ignored file is). */
  vanished(isUnderUnlisted: (path: string) => boolean): KnownFile[] {
    const gone: KnownFile[] = [];
    for (const known of this.#byPath.values()) {
      if (this.#seen.has(known.path) || known.status === "missing") continue;
      if (!isUnderUnlisted(known.path) && !this.#exists(known.path)) gone.push(known);
    }
    return gone;
  }

  /** How many known files were present before this scan: what "20 % vanished" refers to. */
  get presentBefore(): number {
    let count = 0;
    for (const known of this.#byPath.values()) if (known.status !== "missing") count++;
    return count;
  }

  #find(group: FileGroup): KnownFile | undefined {
    const exact = this.#byPath.get(group.path);
    if (exact) return exact;
    const base = group.dir ? `${group.dir}/${group.stem}` : group.stem;
    if (!group.model) {
      for (const extension of MODEL_EXTENSIONS) {
        const known = this.#byPath.get(`${base}.${extension}`);
        if (known) return known;
      }
      return undefined;
    }
    // The record that a lone sidecar made before its model came, under the extension then guessed.
    const guessed = this.#byPath.get(`${base}.safetensors`);
    return guessed?.size === null ? guessed : undefined;
  }

  #compareNew(group: FileGroup): Change {
    const from = group.model &&
      this.#findMoved(group.model.name, group.model.size, group.model.mtime);
    if (!from) return { kind: "new", group };
    this.#seen.add(from.path);
    return { kind: "moved", group, id: from.id, from: from.path };
  }

  /** A file of this name and size that is no longer where it was; the time of change decides between several. */
  #findMoved(name: string, size: number, mtime: number): KnownFile | null {
    if (size === 0) return null;
    const candidates = this.#named(name, size).filter((known) =>
      !this.#seen.has(known.path) && !this.#exists(known.path)
    );
    if (candidates.length <= 1) return candidates[0] ?? null;
    const sameTime = candidates.filter((known) => known.mtime === mtime);
    return sameTime.length === 1 ? sameTime[0]! : null;
  }

  #named(name: string, size: number): KnownFile[] {
    if (!this.#byNameAndSize) {
      this.#byNameAndSize = new Map();
      for (const known of this.#byPath.values()) {
        if (known.size === null) continue;
        const key = `${known.size}/${nameOf(known.path)}`;
        const others = this.#byNameAndSize.get(key);
        if (others) others.push(known);
        else this.#byNameAndSize.set(key, [known]);
      }
    }
    return this.#byNameAndSize.get(`${size}/${name}`) ?? [];
  }

  #exists(path: string): boolean {
    try {
      Deno.lstatSync(join(this.#root, path));
      return true;
    } catch (error) {
      // Only a clear answer counts: a drive that fails to answer has lost nothing.
      return !(error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory);
    }
  }
}
