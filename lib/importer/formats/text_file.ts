import { decodeSidecar } from "./decode.ts";
import type { Findings } from "./findings.ts";
import { text } from "./read.ts";

const MAX_TEXT = 200_000;

/**
 * Reads `NAME.txt` and `NAME.description.txt`, which hold a description.
 *
 * @throws {SyntaxError} If the file is not text.
 */
export function readTextFile(bytes: Uint8Array): Findings {
  const content = decodeSidecar(bytes);
  // deno-lint-ignore no-control-regex -- characters that no text has and most other files have
  if (/[\0-\x08\x0e-\x1a]/.test(content.slice(0, 4096))) {
    throw new SyntaxError("file is not text");
  }
  return { source: "text", description: text(content, MAX_TEXT) };
}
