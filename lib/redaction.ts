const HIDDEN = "[redacted]";

const PATTERNS: readonly [RegExp, string][] = [
  // A key this application made.
  [/\blm_[A-Za-z0-9_-]{16,}/g, HIDDEN],
  [/(\b(?:Bearer|Basic)\s+)[A-Za-z0-9._~+/=-]+/gi, `$1${HIDDEN}`],
  [
    /((?:x-api-key|authorization|(?:set-)?cookie)["']?\s*[:=]\s*["']?)[^"'\r\n,}]+/gi,
    `$1${HIDDEN}`,
  ],
  // The password of a DSN or of any URL.
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@"']*:)[^\s@"']+(?=@)/gi, `$1${HIDDEN}`],
  // Query strings carry what people searched for, and in foreign URLs signatures and tokens.
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s?"'`]+\?)[^\s"'`]+/gi, `$1${HIDDEN}`],
];

/** @param secrets Known secret values; each literal occurrence is hidden, whatever surrounds it. */
export function redactText(text: string, secrets: readonly string[]): string {
  let result = text;
  for (const secret of secrets) result = result.replaceAll(secret, HIDDEN);
  for (const [pattern, replacement] of PATTERNS) result = result.replace(pattern, replacement);
  return result;
}
