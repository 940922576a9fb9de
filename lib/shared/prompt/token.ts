/** The weight range in which pictures usually survive; beyond it a warning is due. */
export const USUAL_WEIGHT = { min: -2, max: 2 } as const;

/**
 * The name a LoRA server knows a file by: no folders, no last extension. Dots inside are kept.
 *
 * @param fileName A bare name or a path with `/` or `\`.
 */
export function stemOf(fileName: string): string {
  const base = fileName.slice(Math.max(fileName.lastIndexOf("/"), fileName.lastIndexOf("\\")) + 1);
  const dot = base.lastIndexOf(".");
  return dot > 0 ? base.slice(0, dot) : base;
}

/**
 * A weight as tokens write it: at most three decimals, no trailing zeros, never an exponent or "-0".
 *
 * @throws {RangeError} If `weight` is not finite or too large to be written without an exponent.
 */
export function formatWeight(weight: number): string {
  if (!Number.isFinite(weight) || Math.abs(weight) >= 1e15) {
    throw new RangeError(`Cannot write a LoRA weight: ${weight} is not a usable number`);
  }
  return String(Number(weight.toFixed(3)) || 0);
}

/**
 * `<lora:stem:weight>`. Does not judge the stem: ask `whyUnwritable` first.
 *
 * @throws {RangeError} See `formatWeight`.
 */
export const tokenFor = (stem: string, weight: number): string =>
  `<lora:${stem}:${formatWeight(weight)}>`;

/**
 * Why no token can name this stem, or null if one can. SD.Next reads `<(\w+):([^>]+)>`, splits the inside on `:` and
 * takes every part that holds `=` as a named argument; a leading `/` means an absolute path or a download.
 */
export function whyUnwritable(stem: string): string | null {
  if (stem.trim() === "") return "it is empty";
  const reserved = /[:<>=]/.exec(stem);
  if (reserved) return `it contains "${reserved[0]}", which the token syntax reserves`;
  if (/^[/\\]/.test(stem)) return "it starts with a slash, which servers read as a path";
  // deno-lint-ignore no-control-regex
  if (/[\u0000-\u001f\u007f]/.test(stem)) return "it contains a control character";
  return null;
}

export const isWritable = (stem: string): boolean => whyUnwritable(stem) === null;

/** SD.Next before mid-2025 knows `a.b` only as `a_b`; newer ones know both, A1111 and Forge only `a.b`. */
export const hasServerDependentName = (stem: string): boolean => stem.includes(".");
