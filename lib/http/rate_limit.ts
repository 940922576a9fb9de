import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { TooManyRequests } from "@/lib/errors.ts";

const BAD_KEYS_PER_MINUTE = 10;
const SESSION_CALLS_PER_MINUTE = 1_200;
const MINUTE_S = 60;

/**
 * What one process allows in a minute:
 *
 * | who | limit |
 * |---|---|
 * | one address with wrong keys | 10, then every key from it is refused unread, right ones too |
 * | one key, calls to the API | as configured, 120 by default |
 * | one session, calls to the API | 1,200: an island asks at every keystroke; pictures are not counted |
 * | pages, files and the local viewer without a key | none: what they cost is bounded by the page size |
 *
 * A session token has 256 random bits, so wrong ones are not counted.
 */
export class RateLimits {
  readonly #badKeys = new RateLimiterMemory({ points: BAD_KEYS_PER_MINUTE, duration: MINUTE_S });
  readonly #perKey: RateLimiterMemory | null;
  readonly #perSession = new RateLimiterMemory({
    points: SESSION_CALLS_PER_MINUTE,
    duration: MINUTE_S,
  });

  constructor({ apiCallsPerMinute }: { apiCallsPerMinute: number }) {
    this.#perKey = apiCallsPerMinute === 0
      ? null
      : new RateLimiterMemory({ points: apiCallsPerMinute, duration: MINUTE_S });
  }

  /** @throws {TooManyRequests} If `ip` has used up its wrong keys; asked before a key is looked at. */
  async checkKeyAttempt(ip: string): Promise<void> {
    const used = await this.#badKeys.get(ip);
    if (used && used.consumedPoints >= BAD_KEYS_PER_MINUTE) {
      throw limited("Too many wrong keys from this address", used);
    }
  }

  async countBadKey(ip: string): Promise<void> {
    await this.#badKeys.penalty(ip);
  }

  /** @throws {TooManyRequests} */
  async countCall(kind: "key" | "session", id: string): Promise<void> {
    const limiter = kind === "key" ? this.#perKey : this.#perSession;
    try {
      await limiter?.consume(id);
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      throw limited("Too many calls", refused);
    }
  }
}

function limited(message: string, { msBeforeNext }: RateLimiterRes): TooManyRequests {
  return new TooManyRequests(message, Math.max(1, Math.ceil(msBeforeNext / 1000)));
}
