/** Letters that stay whole under NFKD although people type them plain. */
const PLAIN: Record<string, string> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
};

/**
 * Folds spelling that people do not type: case, width, ligatures and the accents of Latin, Greek and
 * Cyrillic. Vowel signs of other scripts carry meaning and stay.
 */
export function normalizeText(text: string): string {
  const lower = text.toLowerCase();
  if (/^[\0-\x7f]*$/.test(lower)) return lower;
  return lower.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().normalize("NFC")
    .replace(/[ßæœøłđðþı]/g, (letter) => PLAIN[letter]!);
}

const WORD = /[\p{L}\p{M}\p{N}]+/gu;
const CJK = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}]+/gu;
const HAS_CJK = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}]/u;

/** Splits a word where Chinese or Japanese, which put no spaces between words, begins or ends. */
function* runs(word: string): Generator<{ run: string; cjk: boolean }> {
  let end = 0;
  for (const match of word.matchAll(CJK)) {
    if (match.index > end) yield { run: word.slice(end, match.index), cjk: false };
    yield { run: match[0], cjk: true };
    end = match.index + match[0].length;
  }
  if (end < word.length) yield { run: word.slice(end), cjk: false };
}

function split(text: string, lastAlone: boolean): string[] {
  const found = normalizeText(text).match(WORD) ?? [];
  if (!HAS_CJK.test(text)) return found;
  return found.flatMap((word) => [...runs(word)]).flatMap(({ run, cjk }) => {
    const signs = cjk ? [...run] : [run];
    if (signs.length === 1) return signs;
    const pairs = signs.slice(1).map((sign, index) => signs[index] + sign);
    return lastAlone ? [...pairs, signs.at(-1)!] : pairs;
  });
}

/**
 * The words of a text as the search index stores them, in order, repeats included. Anything but letters
 * and digits parts words, so `school_uniform` is two. A run of Chinese or Japanese becomes its
 * overlapping pairs of signs and its last sign alone: each sign then starts some word, and a search by
 * prefix finds it wherever it stands.
 */
export function words(text: string): string[] {
  return split(text, true);
}

/** The words to look for, by prefix, when someone types `text`: pairs of signs, or a single one. */
export function queryWords(text: string): string[] {
  return split(text, false);
}

/** The first `limit` different words, for a column that holds them separated by spaces. */
export function uniqueWords(text: string, limit: number): string[] {
  const unique = new Set<string>();
  for (const word of words(text)) {
    if (unique.size >= limit) break;
    unique.add(word);
  }
  return [...unique];
}
