import { dirname, join } from "node:path";

/** A folder of model files and sidecars that a test makes and changes; `await using` removes it. */
export class LibraryFolder implements AsyncDisposable {
  readonly #parent: string;
  /** Absolute, without links. */
  readonly path: string;

  private constructor(parent: string) {
    this.#parent = parent;
    this.path = join(parent, "loras");
  }

  static async make(): Promise<LibraryFolder> {
    const parent = await Deno.realPath(await Deno.makeTempDir({ prefix: "lm-test-library-" }));
    const folder = new LibraryFolder(parent);
    await Deno.mkdir(folder.path);
    return folder;
  }

  /** @param relPath With `/`; folders are made as needed. */
  async write(relPath: string, content: unknown): Promise<void> {
    const path = join(this.path, relPath);
    await Deno.mkdir(dirname(path), { recursive: true });
    if (content instanceof Uint8Array) await Deno.writeFile(path, content);
    else {
      await Deno.writeTextFile(
        path,
        typeof content === "string" ? content : JSON.stringify(content),
      );
    }
  }

  /** Writes a small real safetensors file; equal arguments give equal bytes. */
  async writeModel(
    relPath: string,
    metadata: Record<string, string> = {},
    tensor = "weights",
  ): Promise<void> {
    await this.write(relPath, safetensors(metadata, tensor));
  }

  async remove(relPath: string): Promise<void> {
    await Deno.remove(join(this.path, relPath), { recursive: true });
  }

  async rename(from: string, to: string): Promise<void> {
    const target = join(this.path, to);
    await Deno.mkdir(dirname(target), { recursive: true });
    await Deno.rename(join(this.path, from), target);
  }

  /** Makes the folder vanish as an unplugged drive does; call the result to plug it in again. */
  async unplug(): Promise<() => Promise<void>> {
    const away = join(this.#parent, "unplugged");
    await Deno.rename(this.path, away);
    return () => Deno.rename(away, this.path);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.#parent, { recursive: true });
  }
}

/** A safetensors file with one tensor of bytes. */
export function safetensors(metadata: Record<string, string>, tensor: string): Uint8Array {
  const data = new TextEncoder().encode(tensor);
  const header = new TextEncoder().encode(JSON.stringify({
    __metadata__: metadata,
    "lora_unet_down_blocks_0.lora_down.weight": {
      dtype: "U8",
      shape: [data.length],
      data_offsets: [0, data.length],
    },
  }));
  const bytes = new Uint8Array(8 + header.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
  bytes.set(header, 8);
  bytes.set(data, 8 + header.length);
  return bytes;
}
