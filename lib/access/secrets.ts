import { createHash, timingSafeEqual } from "node:crypto";

/** 32 random bytes as URL-safe text. */
export function randomToken(): string {
  return crypto.getRandomValues(new Uint8Array(32)).toBase64({
    alphabet: "base64url",
    omitPadding: true,
  });
}

/** SHA-256 in hex: enough for secrets of 256 random bits, which no dictionary holds. */
export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

/** Confirms a row found by its hash, without the time telling how much of it matched. */
export function isSameHash(a: string, b: string): boolean {
  const left = new TextEncoder().encode(a);
  const right = new TextEncoder().encode(b);
  return left.byteLength === right.byteLength && timingSafeEqual(left, right);
}
