import { isIP } from "node:net";
import { Forbidden } from "@/lib/errors.ts";
import { isLoopback } from "@/lib/http/address.ts";

/**
 * Refuses requests whose `Host` is a name that strangers can point at this machine. A web page on
 * evil.example may re-resolve its own name to 127.0.0.1 (DNS rebinding); its requests are then same-origin
 * for the browser and only the `Host` header still gives them away.
 *
 * Not needed where every request must carry a key or a session: those are bound to the real name.
 *
 * @param listensOn The configured host.
 * @param open True while nobody needs a key.
 * @throws {Forbidden} With code `foreign_host`.
 */
export function checkHost(
  url: URL,
  { listensOn, publicOrigin, open }: {
    listensOn: string;
    publicOrigin: string | null;
    open: boolean;
  },
): void {
  const name = url.hostname;
  if (isLoopback(name) || (publicOrigin !== null && new URL(publicOrigin).hostname === name)) {
    return;
  }
  if (isLoopback(listensOn) ? false : !open || isPrivateName(name)) return;
  throw new Forbidden(
    "This server does not answer to that host name; set LM_PUBLIC_ORIGIN if it should",
    { code: "foreign_host" },
  );
}

/** Names that public DNS cannot resolve: addresses, plain machine names and `.local`. */
function isPrivateName(name: string): boolean {
  return isIP(name.replace(/^\[|\]$/g, "")) !== 0 || !name.includes(".") || name.endsWith(".local");
}
