import { modelStem, previewRank, sidecarStem } from "./formats/file_names.ts";
import type { FoundFile, FoundFolder } from "./walk.ts";

/** Raised when describing the same files gives other facts than before: every file is then read once more. */
const RULES_VERSION = 1;

/** Everything in one folder that belongs to one adapter. */
export interface FileGroup {
  /** The address of the record, relative to the root; where the model is expected if there is none. */
  path: string;
  dir: string;
  stem: string;
  /** Null when only sidecars are left. */
  model: FoundFile | null;
  sidecars: FoundFile[];
  /** Best first. */
  previews: FoundFile[];
  /** Readable on purpose: what differs between two of them is what changed on the disk. */
  fingerprint: string;
}

const PREVIEW_EXTENSIONS = new Set(
  ["png", "jpg", "jpeg", "webp", "avif", "gif", "tiff", "tif", "jp2", "jxl", "mp4", "webm"],
);
const OTHER_EXTENSIONS = new Set(["json", "info", "txt"]);

const extensionOf = (name: string) => name.slice(name.lastIndexOf(".") + 1).toLowerCase();

/** Whether a file of this name can matter to an adapter; any other costs not even a stat. */
export function isRelevant(name: string): boolean {
  const extension = extensionOf(name);
  return PREVIEW_EXTENSIONS.has(extension) || OTHER_EXTENSIONS.has(extension) ||
    modelStem(name) !== null;
}

/** One spelling for names that some file systems treat alike. */
const fold = (name: string) => name.normalize("NFC").toLowerCase();

/** The groups of one folder, looked up by stem: as written first, then as a careless file system would. */
class Stems {
  readonly #exact = new Map<string, FileGroup[]>();
  /** Made when it is first needed: where all names are written alike it never is. */
  #folded: Map<string, FileGroup[]> | null = null;

  add(group: FileGroup): void {
    const groups = this.#exact.get(group.stem);
    if (groups) groups.push(group);
    else this.#exact.set(group.stem, [group]);
    this.#folded = null;
  }

  get(stem: string): FileGroup[] | undefined {
    return this.#exact.get(stem) ?? (this.#folded ??= this.#fold()).get(fold(stem));
  }

  #fold(): Map<string, FileGroup[]> {
    const folded = new Map<string, FileGroup[]>();
    for (const [stem, groups] of this.#exact) {
      const key = fold(stem);
      folded.set(key, [...folded.get(key) ?? [], ...groups]);
    }
    return folded;
  }

  /** The groups whose stem `name` continues with a dot and `fits`; the longest such stem wins. */
  find(name: string, fits: (stem: string) => boolean): FileGroup[] | undefined {
    for (let dot = name.lastIndexOf("."); dot > 0; dot = name.lastIndexOf(".", dot - 1)) {
      const groups = this.get(name.slice(0, dot));
      if (groups && fits(groups[0]!.stem)) return groups;
    }
  }
}

const at = (dir: string, name: string) => dir ? `${dir}/${name}` : name;

function newGroup(dir: string, stem: string, model: FoundFile | null): FileGroup {
  const path = at(dir, model?.name ?? `${stem}.safetensors`);
  return { path, dir, stem, model, sidecars: [], previews: [], fingerprint: "" };
}

/** A sidecar by its ending, or `NAME.json` and `NAME.txt` where NAME itself looks like it had one (`a.metadata`). */
function isSidecarOf(name: string, stem: string): boolean {
  const named = sidecarStem(name);
  if (!named) return false;
  if (fold(named.stem) === fold(stem)) return true;
  return /^\.(json|txt)$/i.test(name.slice(stem.length));
}

/**
 * Sorts the files of a folder to the adapters they belong to. Two models with one stem (`a.safetensors`, `a.pt`)
 * share what lies beside them. A sidecar whose model is gone makes a group of its own; whether it speaks of an adapter at all
 * is known once it is read. A lone text or picture belongs to nothing.
 */
export function groupFiles({ dir, files }: Pick<FoundFolder, "dir" | "files">): FileGroup[] {
  const stems = new Stems();
  const lone = new Map<string, FileGroup>();
  const groups: FileGroup[] = [];
  for (const file of files) {
    const stem = modelStem(file.name);
    if (stem === null) continue;
    const group = newGroup(dir, stem, file);
    groups.push(group);
    stems.add(group);
  }
  for (const file of files) {
    if (modelStem(file.name) !== null) continue;
    if (PREVIEW_EXTENSIONS.has(extensionOf(file.name))) {
      const owners = stems.find(file.name, (stem) => previewRank(file.name, stem) !== null);
      for (const owner of owners ?? []) owner.previews.push(file);
      continue;
    }
    const owners = stems.find(file.name, (stem) => isSidecarOf(file.name, stem));
    for (const owner of owners ?? []) owner.sidecars.push(file);
    if (!owners) addLone(lone, dir, file);
  }
  for (const group of lone.values()) {
    if (group.sidecars.some((file) => !/\.txt$/i.test(file.name))) groups.push(group);
  }
  // Previews of lone sidecars, now that their stems are known.
  const loneStems = new Stems();
  for (const group of lone.values()) loneStems.add(group);
  if (lone.size) {
    for (const file of files) {
      if (!PREVIEW_EXTENSIONS.has(extensionOf(file.name))) continue;
      if (stems.find(file.name, (stem) => previewRank(file.name, stem) !== null)) continue;
      const owners = loneStems.find(file.name, (stem) => previewRank(file.name, stem) !== null);
      for (const owner of owners ?? []) owner.previews.push(file);
    }
  }
  for (const group of groups) finish(group);
  return groups;
}

function addLone(lone: Map<string, FileGroup>, dir: string, file: FoundFile): void {
  const named = sidecarStem(file.name);
  if (!named) return;
  // A sidecar may keep the full name of its model (`NAME.safetensors.json`).
  const stem = modelStem(named.stem) ?? named.stem;
  let group = lone.get(stem);
  if (!group) lone.set(stem, group = newGroup(dir, stem, null));
  group.sidecars.push(file);
}

/** One file in a fingerprint: the end of its name, its size and its time of change. */
export const fingerprintPart = (stem: string, { name, size, mtime }: FoundFile): string =>
  `${name.startsWith(stem) ? name.slice(stem.length) : name}:${size.toString(36)}:${
    mtime.toString(36)
  }`;

function finish(group: FileGroup): void {
  const { stem, model, sidecars, previews } = group;
  const rank = (file: FoundFile) => previewRank(file.name, stem) ?? Infinity;
  if (previews.length > 1) previews.sort((a, b) => rank(a) - rank(b));
  let fingerprint = `${RULES_VERSION}`;
  if (model) fingerprint += `;${fingerprintPart(stem, model)}`;
  for (const file of sidecars) fingerprint += `;${fingerprintPart(stem, file)}`;
  for (const file of previews) fingerprint += `;${fingerprintPart(stem, file)}`;
  group.fingerprint = fingerprint;
}
