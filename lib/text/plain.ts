const NAMED: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  copy: "©",
  reg: "®",
  trade: "™",
  deg: "°",
  hellip: "…",
  ndash: "–",
  mdash: "—",
  lsquo: "‘",
  rsquo: "’",
  ldquo: "“",
  rdquo: "”",
  laquo: "«",
  raquo: "»",
  bull: "•",
  middot: "·",
  times: "×",
};

function decode(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,6}));/gi,
    (whole, hex, dec, name) => {
      if (name) return NAMED[name.toLowerCase()] ?? whole;
      const code = hex ? parseInt(hex, 16) : Number(dec);
      const valid = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
      return valid ? String.fromCodePoint(code) : whole;
    },
  );
}

/** Elements whose content nobody sees. */
const HIDDEN = new Set(["script", "style", "template", "noscript", "textarea"]);
const BLOCKS = new Set(
  "br hr p div h1 h2 h3 h4 h5 h6 ul ol table tr blockquote pre section article".split(" "),
);
const TAG = /<\/?([a-z][a-z0-9]*)|<[!?]/iy;

/**
 * Replaces the markup. One pass that only moves forward: patterns that look for the end of each tag
 * take minutes on a description made of nothing but `<!--`.
 */
function withoutTags(html: string): string {
  const lower = html.toLowerCase();
  const parts: string[] = [];
  let at = 0;
  for (let open = html.indexOf("<"); open >= 0; open = html.indexOf("<", at)) {
    TAG.lastIndex = open;
    const match = TAG.exec(html);
    parts.push(html.slice(at, open));
    at = open + 1;
    if (!match) {
      parts.push("<");
      continue;
    }
    const name = match[1]?.toLowerCase();
    const isComment = html.startsWith("<!--", open);
    const end = isComment ? html.indexOf("-->", open + 4) : html.indexOf(">", open);
    if (end < 0) return parts.join("");
    at = end + (isComment ? 3 : 1);
    if (name && HIDDEN.has(name) && html[open + 1] !== "/") {
      const close = lower.indexOf(`</${name}`, at);
      if (close < 0) return parts.join("");
      at = close;
    }
    if (name === "li") parts.push(html[open + 1] === "/" ? "\n" : "\n- ");
    else if (name && BLOCKS.has(name)) parts.push("\n");
  }
  parts.push(html.slice(at));
  return parts.join("");
}

/**
 * The words of an HTML fragment, one line for each block. The result is text: it may contain `<` and
 * must be escaped where it is shown.
 */
export function htmlToText(html: string): string {
  if (!/[<&]/.test(html)) return html.trim();
  return decode(withoutTags(html)).replace(/[^\S\n]+/g, " ").replace(/ ?\n ?/g, "\n")
    .replace(/\n{2,}/g, "\n").trim();
}

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text that someone typed, as HTML: blank lines part paragraphs, single ones become `<br />`. */
export function textToHtml(text: string): string {
  const escaped = text.replace(/\r\n?/g, "\n").trim().replace(/[&<>"]/g, (sign) => ESCAPES[sign]!);
  if (!escaped.includes("\n")) return escaped;
  return escaped.split(/\n\s*\n/).map((part) => `<p>${part.replaceAll("\n", "<br />")}</p>`).join(
    "",
  );
}

/** Whether a text of unknown kind is meant as HTML: it has at least one tag that descriptions use. */
export function looksLikeHtml(text: string): boolean {
  return /<\/?(?:p|br|a|b|i|u|em|strong|span|div|ul|ol|li|h[1-6]|img|code|pre|hr)\b[^<>]*>/i.test(
    text,
  );
}
