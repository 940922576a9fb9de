import { join, sep } from "node:path";
import { Invalid } from "@/lib/errors.ts";

/** Control characters have no place in a name and would break line-based output; NUL also truncates paths in C code. */
// deno-lint-ignore no-control-regex
const CONTROL = /[\u0000-\u001f\u007f]/;

const refuse = (message: string): never => {
  throw new Invalid({ path: "path", message });
};

/**
 * Checks the form of a path that is to be joined to a root, without looking at the disk. Nothing is decoded:
 * `%2e%2e` is an ordinary name, because the file system reads it as one.
 *
 * @param relPath Relative to a root, with `/`.
 * @returns Its segments, never empty, never `.` or `..`.
 * @throws {Invalid} If it is absolute (also in Windows' spellings), climbs, or cannot be a portable name.
 */
export function splitRelative(relPath: string): string[] {
  if (CONTROL.test(relPath)) return refuse("The path contains a control character");
  // Windows reads it as a separator (and two of them as a network share), POSIX as part of a name.
  if (relPath.includes("\\")) return refuse("The path contains a backslash");
  if (relPath.startsWith("/")) return refuse("The path is absolute; a relative one is expected");
  const segments = relPath.split("/");
  for (const segment of segments) {
    if (segment === "" || segment === "." || segment === "..") {
      return refuse(`The path contains ${segment ? `the segment ${segment}` : "an empty segment"}`);
    }
    // A drive (C:) or an alternate data stream (name:stream).
    if (Deno.build.os === "windows" && segment.includes(":")) {
      return refuse("The path contains a colon");
    }
  }
  return segments;
}

/** Why a name found on the disk cannot be part of a stored path, or null; `splitRelative` would refuse it. */
export function nameProblem(name: string): string | null {
  if (CONTROL.test(name)) return "The name contains a control character";
  return name.includes("\\") ? "The name contains a backslash" : null;
}

/**
 * True if `path` is `root` or lies below it, compared by whole segments: `/loras-private` is not inside `/loras`.
 *
 * @param root Absolute and without links, as `realPath` returns it.
 * @param path Likewise.
 */
export function isInside(root: string, path: string): boolean {
  if (path === root) return true;
  return path.startsWith(root.endsWith(sep) ? root : root + sep);
}

function assertInside(root: string, path: string, relPath: string): void {
  if (!isInside(root, path)) refuse(`${relPath} leads outside its library root`);
}

/**
 * The real place of a file below a root.
 *
 * @returns An absolute path without links. Between this check and an open by that path the file can still be
 *   exchanged: to read it, use `openInside`.
 * @throws {Invalid} If it lies outside, for whatever reason.
 * @throws {Deno.errors.NotFound} If the root or the file does not exist.
 */
export async function resolveInside(root: string, relPath: string): Promise<string> {
  const segments = splitRelative(relPath);
  const realRoot = await Deno.realPath(root);
  const path = await Deno.realPath(join(realRoot, ...segments));
  assertInside(realRoot, path, relPath);
  return path;
}

/** True if both describe the same file. Windows has no inode for some file systems: there size and time must do. */
function isSameFile(a: Deno.FileInfo, b: Deno.FileInfo): boolean {
  if (a.ino && b.ino) return a.ino === b.ino && a.dev === b.dev;
  return a.size === b.size && a.mtime?.getTime() === b.mtime?.getTime();
}

function assertSameFile(opened: Deno.FileInfo, checked: Deno.FileInfo, relPath: string): void {
  if (!isSameFile(opened, checked)) refuse(`${relPath} was exchanged while it was opened`);
  if (!opened.isFile) refuse(`${relPath} is not a regular file`);
}

export interface ContainedFile {
  file: Deno.FsFile;
  /** Absolute and without links. */
  path: string;
  info: Deno.FileInfo;
}

/**
 * Opens a file below a root for reading, so that no exchange of a folder or file by a link can lead outside: the
 * file is opened first, and then the open file (not its name) must be the one found at a path inside.
 *
 * @returns The open file; the caller closes it.
 * @throws {Invalid} If it lies outside or is not a regular file.
 * @throws {Deno.errors.NotFound} and the other errors of opening.
 */
export async function openInside(root: string, relPath: string): Promise<ContainedFile> {
  const segments = splitRelative(relPath);
  const realRoot = await Deno.realPath(root);
  const named = join(realRoot, ...segments);
  // Opening a FIFO for reading waits for a writer, so anything but a file is turned away before.
  if (!(await Deno.stat(named)).isFile) refuse(`${relPath} is not a regular file`);
  const file = await Deno.open(named);
  try {
    const path = await Deno.realPath(named);
    assertInside(realRoot, path, relPath);
    const info = await file.stat();
    assertSameFile(info, await Deno.lstat(path), relPath);
    return { file, path, info };
  } catch (error) {
    file.close();
    throw error;
  }
}

/**
 * As `openInside`, for Workers, where blocking costs nobody anything and is ten times faster.
 *
 * @param realRoot Without links, as `realPath` has just returned it: thousands of files share it.
 */
export function openInsideSync(realRoot: string, relPath: string): ContainedFile {
  const segments = splitRelative(relPath);
  const named = join(realRoot, ...segments);
  if (!Deno.statSync(named).isFile) refuse(`${relPath} is not a regular file`);
  const file = Deno.openSync(named);
  try {
    const path = Deno.realPathSync(named);
    assertInside(realRoot, path, relPath);
    const info = file.statSync();
    assertSameFile(info, Deno.lstatSync(path), relPath);
    return { file, path, info };
  } catch (error) {
    file.close();
    throw error;
  }
}
