import type { IconName } from "../icon_names.ts";

export interface PageLink {
  href: string;
  label: string;
  icon: IconName;
  /** Other words that the palette finds it by. */
  words: string;
  /** Where it stands in the rail; null for those that only the palette lists. */
  rail: "top" | "foot" | null;
}

/** The pages that can be jumped to: the rail shows some, the palette all. */
export const PAGES: readonly PageLink[] = [
  {
    href: "/",
    label: "Library",
    icon: "library",
    words: "gallery loras adapters browse home",
    rail: "top",
  },
  {
    href: "/compose",
    label: "Compose",
    icon: "wand-sparkles",
    words: "prompt recipes tokens combine",
    rail: "top",
  },
  {
    href: "/import",
    label: "Import",
    icon: "import",
    words: "scan folder roots files jobs hash",
    rail: "top",
  },
  {
    href: "/duplicates",
    label: "Duplicates",
    icon: "layers-2",
    words: "same hash name twice",
    rail: "top",
  },
  {
    href: "/settings",
    label: "Settings",
    icon: "settings",
    words: "preferences theme nsfw content watch",
    rail: "foot",
  },
  {
    href: "/keys",
    label: "API keys",
    icon: "key-round",
    words: "access token roles login",
    rail: null,
  },
  {
    href: "/docs",
    label: "API reference",
    icon: "book-open",
    words: "openapi documentation http",
    rail: null,
  },
];

/** The rail's entry for a path: the longest one that leads to it. */
export function currentPage(pathname: string): string {
  if (pathname.startsWith("/adapters/")) return "/";
  const under = PAGES.filter(({ href, rail }) =>
    rail !== null && (pathname === href || (href !== "/" && pathname.startsWith(`${href}/`)))
  );
  return under.toSorted((a, b) => b.href.length - a.href.length)[0]?.href ?? "";
}
