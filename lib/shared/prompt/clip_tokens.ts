import { withoutTokens } from "./parse.ts";

/** What one pass of CLIP's text encoder reads, not counting its start and end marks. */
export const CLIP_TOKENS = 75;

// CLIP's own pre-tokeniser: contractions, runs of letters, single digits, runs of anything else.
const PIECES = /'(?:s|t|re|ve|m|ll|d)|\p{L}+|\p{N}|[^\s\p{L}\p{N}]+/giu;
const WEIGHTED = /:\s*[+-]?(\d+\.?\d*|\.\d+)\s*(?=[)\]])/g;

/**
 * About how many tokens CLIP makes of a prompt. LoRA tokens and attention syntax (`(word:1.2)`, `[word]`) are taken out
 * first, as servers do, and count nothing.
 *
 * The real vocabulary has 49,152 entries (1 MB); this counts by the shape of words instead. English words up to nine letters
 * are one token, longer ones one more per six letters; a CJK character is about two, other alphabets one per three letters.
 */
export function estimateClipTokens(text: string): number {
  const plain = withoutTokens(text).replaceAll(WEIGHTED, "").replaceAll(
    /\\?[()[\]]/g,
    (bracket) => bracket.startsWith("\\") ? bracket : "",
  );
  let count = 0;
  for (const [piece] of plain.normalize("NFC").matchAll(PIECES)) count += cost(piece);
  return count;
}

function cost(piece: string): number {
  if (/^[a-z]+$/i.test(piece)) return piece.length <= 9 ? 1 : 1 + Math.ceil((piece.length - 9) / 6);
  if (/^\p{L}/u.test(piece)) {
    const wide =
      piece.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu)
        ?.length ?? 0;
    return wide * 2 + Math.ceil(([...piece].length - wide) / 3);
  }
  if (/\p{Extended_Pictographic}/u.test(piece)) return [...piece].length * 2;
  return 1;
}
