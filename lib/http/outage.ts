import { Unavailable } from "@/lib/errors.ts";

/** SQLSTATEs and system error codes that say that something this server stands on is used up or away. */
const OUTAGES: readonly [code: RegExp, message: string][] = [
  [
    /^(53100|ENOSPC|EDQUOT)$/,
    "The disk is full, and nothing was saved. Free some space, then try again",
  ],
  [/^53200$/, "The database has no memory left"],
  [/^53300$/, "The database accepts no more connections"],
  [
    /^(08...|57P0.|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|CONNECT_TIMEOUT|CONNECTION_\w+)$/,
    "The database cannot be reached",
  ],
];

/** @returns What to tell whoever asked, with `error` as its cause; nothing if it is a fault of ours. */
export function outageOf(error: unknown): Unavailable | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    const code = "code" in at ? String(at.code) : "";
    const outage = OUTAGES.find(([pattern]) => pattern.test(code));
    if (outage) return new Unavailable(outage[1], undefined, { cause: error });
  }
  return undefined;
}
