import type { Selectable } from "kysely";
import type { AdapterTable, FileStatus, Preview } from "@/lib/db/schema.ts";
import type { FactColumn, FileColumn } from "./columns.ts";
import type { FileGroup } from "./group.ts";
import type { ReadModel } from "./read_model.ts";

/** A record as an import finds it. */
export type ExistingAdapter = Pick<
  Selectable<AdapterTable>,
  "id" | "edited_fields" | FactColumn | FileColumn
>;

/** What the files of a group say, ready to be stored; times are ISO 8601. */
export type FileRow =
  & Omit<Pick<Selectable<AdapterTable>, FileColumn>, "root_id" | "file_mtime" | "json_file_mtime">
  & { file_mtime: string | null; json_file_mtime: string | null };

const iso = (milliseconds: number) => new Date(milliseconds).toISOString();

const at = (dir: string, name: string) => dir ? `${dir}/${name}` : name;

/** The sidecar that most of a record comes from: `NAME.json`, else the first that is not mere text. */
function mainSidecar({ sidecars, stem }: FileGroup) {
  return sidecars.find((file) => file.name === `${stem}.json`) ??
    sidecars.find((file) => !/\.txt$/i.test(file.name)) ?? null;
}

/** Where the preview is to come from, if anywhere. Size and hash follow in the background; until then `hash` is "". */
function choosePreview(group: FileGroup, hasCover: boolean): Preview | null {
  const file = group.previews[0];
  const pending = { hash: "", width: 0, height: 0, thumbhash: null };
  if (file) {
    const kind = /\.(mp4|webm)$/i.test(file.name) ? "video" : "image";
    return { source: "file", kind, path: at(group.dir, file.name), ...pending };
  }
  if (hasCover) return { source: "header", kind: "image", path: null, ...pending };
  return null;
}

export function fileRow(group: FileGroup, model: ReadModel | null, hasCover: boolean): FileRow {
  const sidecar = mainSidecar(group);
  const status: FileStatus = !model ? "missing" : model.readable ? "present" : "unreadable";
  return {
    file_path: group.path,
    file_status: status,
    file_format: model?.format ?? "unknown",
    file_size: model?.size ?? null,
    file_mtime: model ? iso(model.mtime) : null,
    hash_state: model ? "pending" : "none",
    json_file_path: sidecar ? at(group.dir, sidecar.name) : null,
    json_file_mtime: sidecar ? iso(sidecar.mtime) : null,
    json_file_size: sidecar?.size ?? null,
    preview: choosePreview(group, hasCover),
    fingerprint: group.fingerprint,
  };
}
