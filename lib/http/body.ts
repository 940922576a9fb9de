import { TooLarge } from "@/lib/errors.ts";

/** The cap on every body unless a route says otherwise. */
export const MAX_BODY_BYTES = 1024 * 1024;

/**
 * Reads a whole body, and stops reading as soon as it is over the limit: neither a wrong nor a missing
 * Content-Length makes the server hold more than `limit` bytes plus one chunk.
 *
 * @throws {TooLarge}
 */
export async function readBody(
  request: Request,
  limit: number = MAX_BODY_BYTES,
): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = () => new TooLarge(`The body is larger than ${limit} bytes`, limit);
  if (Number(request.headers.get("content-length") ?? 0) > limit) {
    await request.body?.cancel();
    throw tooLarge();
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    // Leaving the loop cancels the stream.
    if (size > limit) throw tooLarge();
    chunks.push(chunk);
  }
  const body = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    body.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return body;
}
