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

/** A tag that is not allowed: its content stays, it does not. */
const UNWRAP = { tagName: "span", attribs: {} as Record<string, string> };

function link(href: string | undefined) {
  const address = webAddress(href);
  return address
    ? {
      tagName: "a",
      attribs: { href: address, rel: "noopener nofollow" } as Record<string, string>,
    }
    : UNWRAP;
}

/** A remote picture or player would tell its server who reads the page, so it becomes a link. */
function linkInstead(words: string) {
  return (_tag: string, { src, alt }: Record<string, string>) => {
    const address = src?.startsWith("//") ? `https:${src}` : src;
    return webAddress(address) ? { ...link(address), text: alt?.trim() || words } : UNWRAP;
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
 * Its own output passes unchanged.
 */
export function sanitizeDescription(html: string): string {
  const bounded = clip(html, MAX_HTML);
  if (!/[<>&"]/.test(bounded)) return bounded;
  return sanitizeHtml(bounded, OPTIONS).trim();
}
