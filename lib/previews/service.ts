import { createHash } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import type { Viewer } from "@/lib/access/viewer.ts";
import type { Db } from "@/lib/db/schema.ts";
import { NotFound } from "@/lib/errors.ts";
import type { JobContext } from "@/lib/jobs/handlers.ts";
import type { ClaimedJob } from "@/lib/jobs/job.ts";
import { openInside } from "@/lib/storage/containment.ts";
import { measurePreviews } from "./measure_job.ts";
import { makeThumbnail, pictureType, renderSvg } from "./picture.ts";
import { PLACEHOLDER_VERSION, placeholderSvg } from "./placeholder.ts";
import { type PreviewRow, previews } from "./repository.ts";
import { type CoverReader, readPreview } from "./source.ts";
import { snapWidth, ThumbStore } from "./thumb_store.ts";

export interface Thumbnail {
  /** Absolute path of a WebP file that never changes. */
  path: string;
  /** Quoted. */
  etag: string;
  /** True for a picture of the adapter; false for the generated stand-in. */
  isReal: boolean;
}

export interface OriginalPreview {
  /** Open at its start; the caller closes it. */
  file: Deno.FsFile;
  /** By content, of a fixed list. */
  mediaType: string;
  sizeBytes: number;
  etag: string;
}

/** What a preview job carries; version 1. */
const Payload = z.object({ root_id: z.uuid() });

const sha256 = (data: string | Uint8Array) => createHash("sha256").update(data).digest("hex");

/** Pictures of adapters, in the sizes that pages ask for. */
export class Previews {
  readonly #db: Db;
  readonly #store: ThumbStore;
  readonly #covers: CoverReader;
  readonly #catalog: { changed(): void };

  constructor({ db, dataDir, covers, catalog }: {
    db: Db;
    dataDir: string;
    /** The importer. */
    covers: CoverReader;
    /** Told after each commit that wrote adapters. */
    catalog: { changed(): void };
  }) {
    this.#db = db;
    this.#store = new ThumbStore(join(dataDir, "thumbs"));
    this.#covers = covers;
    this.#catalog = catalog;
  }

  /**
   * The preview as WebP, or a generated picture if there is none that can be shown.
   *
   * @param width Rounded up to one of `WIDTHS`.
   * @throws {NotFound} Also if the viewer may not see the adapter.
   */
  async thumbnail(
    adapterId: string,
    width: number,
    viewer: Pick<Viewer, "nsfwMax">,
  ): Promise<Thumbnail> {
    const row = await previews(this.#db).find(adapterId, viewer);
    if (!row) throw new NotFound("adapter", adapterId);
    const snapped = snapWidth(width);
    if (row.preview?.kind === "image" && row.preview.source !== "generated") {
      // Whatever is wrong with a picture, the page still gets one.
      const real = await this.#real(row, snapped).catch(() => null);
      if (real) return real;
    }
    return await this.#generated(row, snapped);
  }

  /**
   * The preview file itself: for films, which have no thumbnail, and for pictures in full size.
   *
   * @throws {NotFound} If there is no file, it is of no known kind, or the viewer may not see the adapter.
   */
  async original(adapterId: string, viewer: Pick<Viewer, "nsfwMax">): Promise<OriginalPreview> {
    const row = await previews(this.#db).find(adapterId, viewer);
    if (!row?.preview?.path) throw new NotFound("preview", adapterId);
    const { file, info } = await openInside(row.root_path, row.preview.path).catch((cause) => {
      throw new NotFound("preview", adapterId, { cause });
    });
    const start = new Uint8Array(16);
    await file.read(start);
    const mediaType = pictureType(start) ?? videoType(start);
    if (!mediaType) {
      file.close();
      throw new NotFound("preview", adapterId);
    }
    await file.seek(0, Deno.SeekMode.Start);
    const etag = `"${info.size.toString(36)}-${(info.mtime?.getTime() ?? 0).toString(36)}"`;
    return { file, mediaType, sizeBytes: info.size, etag };
  }

  /** Runs a job of kind "preview". */
  async runMeasure(job: ClaimedJob, context: JobContext) {
    const { root_id } = Payload.parse(job.payload);
    const onCommit = () => this.#catalog.changed();
    const deps = { db: this.#db, covers: this.#covers, onCommit };
    return { ...await measurePreviews(root_id, deps, context) };
  }

  async #real(row: PreviewRow, width: number): Promise<Thumbnail> {
    const preview = row.preview!;
    const place = { rootPath: row.root_path, filePath: row.file_path, preview };
    // Not measured yet: the bytes have to be read to know their address.
    const bytes = preview.hash ? null : await readPreview(place, this.#covers);
    const hash = bytes ? sha256(bytes) : preview.hash;
    const path = await this.#store.get(hash, width, async () => {
      return await makeThumbnail(bytes ?? await readPreview(place, this.#covers), width);
    });
    return { path, etag: `"${hash.slice(0, 32)}-${width}"`, isReal: true };
  }

  async #generated({ name, preview }: PreviewRow, width: number): Promise<Thumbnail> {
    const kind = preview?.kind ?? "image";
    const hash = sha256(`placeholder ${PLACEHOLDER_VERSION} ${kind} ${name}`);
    const path = await this.#store.get(hash, width, () => {
      return renderSvg(placeholderSvg(name, width, kind));
    });
    return { path, etag: `"${hash.slice(0, 32)}-${width}"`, isReal: false };
  }
}

function videoType(start: Uint8Array): string | null {
  const brand = String.fromCharCode(...start.subarray(4, 8));
  if (brand === "ftyp") return "video/mp4";
  const isEbml = start[0] === 0x1a && start[1] === 0x45 && start[2] === 0xdf && start[3] === 0xa3;
  return isEbml ? "video/webm" : null;
}
