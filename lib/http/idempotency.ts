import type { Viewer } from "@/lib/access/viewer.ts";
import { Invalid } from "@/lib/errors.ts";

const MAX_KEY_LENGTH = 255;

/**
 * What makes a request the same request when it comes again: its `Idempotency-Key` within its caller and route.
 * Undefined without the header.
 *
 * @throws {Invalid} If the key is too long to be kept.
 */
export function repeatableOf(
  request: Request,
  viewer: Pick<Viewer, "keyId">,
): { key: string; scope: string } | undefined {
  const key = request.headers.get("idempotency-key");
  if (!key) return undefined;
  if (key.length > MAX_KEY_LENGTH) {
    throw new Invalid({
      path: "Idempotency-Key",
      message: `At most ${MAX_KEY_LENGTH} characters`,
    });
  }
  const { pathname } = new URL(request.url);
  return { key, scope: `${viewer.keyId ?? "local"} ${request.method} ${pathname}` };
}
