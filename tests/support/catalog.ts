import { join } from "node:path";
import type { Insertable } from "kysely";
import type { Viewer } from "@/lib/access/viewer.ts";
import { Collections } from "@/lib/catalog/collections.ts";
import { CatalogIndex } from "@/lib/catalog/index/catalog_index.ts";
import { CatalogService } from "@/lib/catalog/service.ts";
import type { OpenDatabase } from "@/lib/db/open.ts";
import type { AdapterTable, Db } from "@/lib/db/schema.ts";
import { Events } from "@/lib/events/service.ts";
import { detectFileFormat } from "@/lib/importer/formats/file_format.ts";
import { NotifyBell } from "@/lib/jobs/bell.ts";
import { Jobs } from "@/lib/jobs/service.ts";
import { Library } from "@/lib/library/service.ts";
import { newId } from "@/lib/shared/id.ts";

export const viewer = (nsfwMax = 63): Viewer => ({
  kind: "local",
  role: "admin",
  keyId: null,
  nsfwMax,
  nsfwBlurFrom: nsfwMax,
});

/** The smallest file that is safetensors. */
export function safetensors(): Uint8Array<ArrayBuffer> {
  const header = new TextEncoder().encode('{"__metadata__":{}}');
  const bytes = new Uint8Array(8 + header.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
  bytes.set(header, 8);
  return bytes;
}

/** A catalog over a real folder, which is its only library root. */
export class TestCatalog implements AsyncDisposable {
  readonly jobs: Jobs;
  readonly index: CatalogIndex;
  readonly catalog: CatalogService;
  readonly collections: Collections;
  readonly #events: Events;

  private constructor(
    readonly db: Db,
    readonly root: { id: string; path: string },
    { channel }: OpenDatabase,
  ) {
    this.#events = new Events({ db, channel });
    this.jobs = new Jobs({ db, bell: new NotifyBell(channel), events: this.#events });
    this.index = new CatalogIndex({ db, pollMs: Infinity });
    this.catalog = new CatalogService({
      db,
      library: new Library({ db }),
      detectFormat: detectFileFormat,
      jobs: this.jobs,
      index: this.index,
    });
    this.collections = new Collections({ db, index: this.index });
  }

  static async open(open: OpenDatabase): Promise<TestCatalog> {
    const path = await Deno.realPath(await Deno.makeTempDir({ prefix: "lm-test-library-" }));
    const { id } = await new Library({ db: open.db }).addRoot(path);
    return new TestCatalog(open.db, { id, path }, open);
  }

  /** Writes a file into the root. @returns Its absolute path. */
  async file(name: string, bytes: Uint8Array = safetensors()): Promise<string> {
    const path = join(this.root.path, name);
    await Deno.writeFile(path, bytes);
    return path;
  }

  /** Inserts rows as an import would, and tells the index. @returns Their ids. */
  async insert(...rows: Partial<Insertable<AdapterTable>>[]): Promise<string[]> {
    const full = rows.map((row) => {
      const id = newId();
      return { id, root_id: this.root.id, file_path: `${id}.safetensors`, name: id, ...row };
    });
    for (let from = 0; from < full.length; from += 500) {
      await this.db.insertInto("adapter").values(full.slice(from, from + 500)).execute();
    }
    this.index.changed();
    return full.map(({ id }) => id);
  }

  async [Symbol.asyncDispose]() {
    await this.index.close();
    await this.#events.close();
    await Deno.remove(this.root.path, { recursive: true });
  }
}
