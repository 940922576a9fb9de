import { join } from "node:path";

/** Widths that exist; what is asked for is rounded up, so that a browser cannot make the disk fill with sizes. */
export const WIDTHS = [64, 128, 256, 320, 512, 768, 1024] as const;

/** The smallest width that is enough for `asked` pixels. */
export const snapWidth = (asked: number): number =>
  WIDTHS.find((width) => width >= asked) ?? WIDTHS.at(-1)!;

/** Thumbnails on disk, addressed by the hash of what they were made from: written once, never changed. */
export class ThumbStore {
  readonly #dir: string;
  readonly #making = new Map<string, Promise<string>>();

  /** @param dir Made when it is first written to. */
  constructor(dir: string) {
    this.#dir = dir;
  }

  /**
   * @param hash Lower-case hex.
   * @param make Called at most once at a time for the same thumbnail.
   * @returns The file's absolute path.
   */
  async get(hash: string, width: number, make: () => Promise<Uint8Array>): Promise<string> {
    if (!/^[0-9a-f]{16,64}$/.test(hash)) throw new TypeError(`Not a hash: ${hash}`);
    const path = join(this.#dir, hash.slice(0, 2), `${hash}-${width}.webp`);
    if (await exists(path)) return path;
    let making = this.#making.get(path);
    if (!making) {
      making = this.#make(path, make).finally(() => this.#making.delete(path));
      this.#making.set(path, making);
    }
    return await making;
  }

  async #make(path: string, make: () => Promise<Uint8Array>): Promise<string> {
    const bytes = await make();
    await Deno.mkdir(join(path, ".."), { recursive: true });
    // Another process may make the same one; whoever renames last replaces it by its equal.
    const temporary = `${path}.${crypto.randomUUID()}.tmp`;
    try {
      await Deno.writeFile(temporary, bytes, { createNew: true });
      await Deno.rename(temporary, path);
    } catch (error) {
      await Deno.remove(temporary).catch(() => {});
      throw error;
    }
    return path;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isFile;
  } catch {
    return false;
  }
}
