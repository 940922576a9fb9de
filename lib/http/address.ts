import { BlockList, isIP } from "node:net";

/** What a request says about where it came from, after the proxies that are trusted have been believed. */
export interface Client {
  ip: string;
  /** True if the browser reached us, or our proxy, over TLS. */
  secure: boolean;
}

/**
 * Tells a client's address and scheme. `X-Forwarded-*` counts only when the connection itself comes from a
 * configured proxy; from anyone else it is text that the client made up.
 */
export class ClientResolver {
  readonly #trusted: BlockList;
  readonly #publicIsTls: boolean;

  constructor({ trustedProxies, publicOrigin }: {
    trustedProxies: readonly string[];
    publicOrigin: string | null;
  }) {
    this.#trusted = new BlockList();
    for (const entry of trustedProxies) {
      const [address = "", bits] = entry.split("/");
      const family = isIP(address) === 6 ? "ipv6" : "ipv4";
      if (bits === undefined) this.#trusted.addAddress(address, family);
      else this.#trusted.addSubnet(address, Number(bits), family);
    }
    this.#publicIsTls = publicOrigin?.startsWith("https:") ?? false;
  }

  /** @param remote Address of the connection; "" where there is none, as in a Unix socket. */
  resolve(request: Request, remote: string): Client {
    const peer = unmapped(remote);
    if (!this.#isTrusted(peer)) return { ip: peer, secure: this.#publicIsTls };
    const hops = (request.headers.get("x-forwarded-for") ?? "").split(",")
      .map((hop) => unmapped(hop.trim())).filter(Boolean);
    // From the right: each trusted proxy appended the address it saw; further left is hearsay.
    const ip = hops.findLast((hop) => !this.#isTrusted(hop));
    const scheme = request.headers.get("x-forwarded-proto")?.split(",").at(-1)?.trim();
    return {
      ip: ip !== undefined && isIP(ip) ? ip : peer,
      secure: scheme ? scheme === "https" : this.#publicIsTls,
    };
  }

  #isTrusted(address: string): boolean {
    const version = isIP(address);
    return version !== 0 && this.#trusted.check(address, version === 6 ? "ipv6" : "ipv4");
  }
}

/** `::ffff:10.0.0.1` and `10.0.0.1` are one address. */
function unmapped(address: string): string {
  return address.toLowerCase().startsWith("::ffff:") && isIP(address.slice(7)) === 4
    ? address.slice(7)
    : address;
}

/** True for names and addresses that only this machine can mean. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, "").toLowerCase();
  return name === "localhost" || name.endsWith(".localhost") || name === "::1" ||
    (isIP(unmapped(name)) === 4 && unmapped(name).startsWith("127."));
}
