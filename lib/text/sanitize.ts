import sanitizeHtml from "sanitize-html";
import { clip } from "./storable.ts";

/** Longest description kept, the same as the API's limit for one typed by hand. */
const MAX_HTML = 200_000;

/** Headings of a description sit below the page's own two levels. */
const HEADINGS = { h1: "h3", h2: "h3" };

/** Only absolute web addresses: a relative one would point into this application. */
function webAddress(href: string | undefined): string | undefined {
  const address = href?.trim();
  return address && /^https?:\/\/[^\s/]/i.test(address) ? address : undefined;
}

/** A link that leads nowhere is still an `a`, which is valid: sanitize-html closes only tags it allows. */
function link(href: string | undefined): { tagName: string; attribs: Record<string, string> } {
  const address = webAddress(href);
  const attribs: Record<string, string> = address
    ? { href: address, rel: "noopener nofollow" }
    : {};
  return { tagName: "a", attribs };
}

/** A remote picture or player would tell its server who reads the page, so it becomes a link. */
function linkInstead(words: string) {
  return (_tag: string, { src, alt }: Record<string, string>) => {
    const address = src?.startsWith("//") ? `https:${src}` : src;
    return webAddress(address) ? { ...link(address), text: alt?.trim() || words } : link(undefined);
  };
}

const OPTIONS = {
  allowedTags: [
    ..."p br hr strong b em i u s del sub sup code pre blockquote ul ol li h3 h4 h5 h6 a".split(
      " ",
    ),
    ..."table thead tbody tr th td".split(" "),
  ],
  allowedAttributes: { a: ["href", "rel"] },
  allowedSchemes: ["http", "https"],
  allowProtocolRelative: false,
  nestingLimit: 32,
  parseStyleAttributes: false,
  transformTags: {
    ...HEADINGS,
    a: (_tag: string, attribs: Record<string, string>) => link(attribs.href),
    img: linkInstead("Picture"),
    iframe: linkInstead("Video"),
  },
};

/**
 * Reduces foreign HTML to an allow-list without pictures, frames, styles, ids or handlers. Descriptions
 * are attacker-controlled, from Civitai as from a model's header, so this runs when they come in and
 * again when they are shown: what an older version let into the database is caught by a newer one.
 * A second pass changes no words, at most how wrongly nested blocks are closed.
 */
export function sanitizeDescription(html: string): string {
  const bounded = clip(html, MAX_HTML);
  if (!/[<>&"]/.test(bounded)) return bounded;
  return sanitizeHtml(bounded, OPTIONS).trim();
}
