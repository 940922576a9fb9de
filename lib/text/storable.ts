/**
 * The same text as Postgres can hold it. `text` and `jsonb` refuse U+0000, and a lone surrogate (JSON
 * may spell one as `\ud83d`) cannot be encoded as UTF-8: one such character would fail a whole batch.
 */
export function storable(text: string): string {
  const withoutNul = text.includes("\0") ? text.replaceAll("\0", "") : text;
  return withoutNul.isWellFormed() ? withoutNul : withoutNul.toWellFormed();
}

/** Cuts after `max` UTF-16 units without leaving half a character. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  const last = text.charCodeAt(max - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? max - 1 : max);
}
