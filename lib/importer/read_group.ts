import { openInsideSync } from "@/lib/storage/containment.ts";
import type { DescribeInput, Problem } from "./facts.ts";
import type { FileGroup } from "./group.ts";
import { type ReadModel, readModel } from "./read_model.ts";

/** Real sidecars reach 451 KB; one that lists every image of a popular model a few MB. */
const MAX_SIDECAR_BYTES = 16 * 1024 * 1024;

export interface ReadGroup {
  model: ReadModel | null;
  sidecars: DescribeInput["sidecars"];
  problems: Problem[];
}

const messageOf = (error: unknown) => error instanceof Error ? error.message : String(error);

const at = (dir: string, name: string) => dir ? `${dir}/${name}` : name;

function readSidecar(root: string, path: string): Uint8Array {
  const { file, info } = openInsideSync(root, path);
  using _ = file;
  if (info.size > MAX_SIDECAR_BYTES) {
    throw new RangeError(`It is ${info.size} bytes, the most that is read is ${MAX_SIDECAR_BYTES}`);
  }
  const bytes = new Uint8Array(info.size);
  let filled = 0;
  while (filled < bytes.length) {
    const count = file.readSync(bytes.subarray(filled));
    if (count === null) break;
    filled += count;
  }
  return bytes.subarray(0, filled);
}

/**
 * Reads what a group's files say, by calls that block; each failure is a problem and the rest goes on.
 *
 * @param realRoot Without links.
 */
export function readGroup(realRoot: string, group: FileGroup): ReadGroup {
  const problems: Problem[] = [];
  const sidecars: ReadGroup["sidecars"] = [];
  for (const { name } of group.sidecars) {
    try {
      sidecars.push({ fileName: name, bytes: readSidecar(realRoot, at(group.dir, name)) });
    } catch (error) {
      problems.push({ file: name, reason: messageOf(error) });
    }
  }
  const model = group.model
    ? readModel(realRoot, at(group.dir, group.model.name), group.model)
    : null;
  if (model?.problem) problems.push({ file: group.model!.name, reason: model.problem });
  return { model, sidecars, problems };
}
