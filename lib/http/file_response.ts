import { RangeUnsatisfiable } from "@/lib/errors.ts";
import { isFresh } from "./etag.ts";

/** An open file, and what to say of it. */
export interface ServedFile {
  /** Closed with the body, or at once if there is none. */
  file: Deno.FsFile;
  mediaType: string;
  sizeBytes: number;
  /** Quoted, strong. */
  etag: string;
}

interface Slice {
  start: number;
  /** Not included. */
  end: number;
}

const CHUNK_BYTES = 64 * 1024;

/**
 * Answers with a file, or with the part of it that is asked for so that players can seek (RFC 9110, section 14).
 *
 * What lies beside models shares our origin, so it may be shown but never run.
 *
 * @throws {RangeUnsatisfiable}
 */
export async function fileResponse(
  request: Request,
  { file, mediaType, sizeBytes, etag }: ServedFile,
): Promise<Response> {
  // Private, because what may be seen depends on who asks.
  const headers = { etag, "accept-ranges": "bytes", "cache-control": "private, no-cache" };
  try {
    if (isFresh(request, etag)) {
      file.close();
      return new Response(null, { status: 304, headers });
    }
    const asked = askedSlice(request, sizeBytes, etag);
    const { start, end } = asked ?? { start: 0, end: sizeBytes };
    await file.seek(start, Deno.SeekMode.Start);
    return new Response(streamOf(file, end - start), {
      status: asked ? 206 : 200,
      headers: {
        ...headers,
        ...(asked && { "content-range": `bytes ${start}-${end - 1}/${sizeBytes}` }),
        "content-type": mediaType,
        "content-length": String(end - start),
        "content-disposition": "inline",
        "content-security-policy": "sandbox; default-src 'none'",
      },
    });
  } catch (error) {
    file.close();
    throw error;
  }
}

/**
 * @returns Null for the whole file: no range is asked for, or one of another state of the file, or several at once,
 * which no player does.
 * @throws {RangeUnsatisfiable}
 */
function askedSlice({ headers }: Request, size: number, etag: string): Slice | null {
  const range = /^bytes=(\d*)-(\d*)$/i.exec(headers.get("range")?.trim() ?? "");
  const condition = headers.get("if-range");
  if (!range || (condition !== null && condition !== etag)) return null;
  const [first, last] = range.slice(1).map((text) => text === "" ? null : Number(text));
  if (first == null && last == null) return null;
  // "-500" asks for the last 500 bytes.
  const start = first ?? Math.max(0, size - last!);
  const end = first == null || last == null ? size : Math.min(size, last + 1);
  if (start >= size) throw new RangeUnsatisfiable(size);
  return start < end ? { start, end } : null;
}

/**
 * At most `length` bytes from where the file stands. Unlike `file.readable` it reads nothing before it is asked to, so
 * that an answer to HEAD is closed without a read under way.
 */
function streamOf(file: Deno.FsFile, length: number): ReadableStream<Uint8Array> {
  let left = length;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const chunk = new Uint8Array(Math.min(left, CHUNK_BYTES));
      const count = left === 0 ? null : await file.read(chunk).catch((error) => {
        file.close();
        throw error;
      });
      // Null early if the file has shrunk since it was measured.
      if (count !== null) {
        controller.enqueue(chunk.subarray(0, count));
        left -= count;
      }
      if (count === null || left === 0) {
        controller.close();
        file.close();
      }
    },
    cancel: () => file.close(),
  }, { highWaterMark: 0 });
}
