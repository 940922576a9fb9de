/**
 * Where a form without scripts returns to: the page it was on, by its path alone, so that no answer ever leads to another
 * site.
 */
export function backFrom(request: Request, fallback = "/"): string {
  const referer = request.headers.get("referer");
  if (referer === null || !URL.canParse(referer)) return fallback;
  const { pathname, search } = new URL(referer);
  return pathname.startsWith("//") ? fallback : pathname + search;
}

/**
 * A place to go on to, as a query parameter names it: a path of this site alone, whatever else was smuggled in.
 *
 * @param here Any address of this site.
 */
export function pathWithin(here: URL, wanted: string | null): string {
  if (wanted === null || !wanted.startsWith("/") || !URL.canParse(wanted, here)) return "/";
  const { origin, pathname, search } = new URL(wanted, here);
  // A path of two slashes would be another host to the next one who resolves it.
  return origin === here.origin && !pathname.startsWith("//") ? pathname + search : "/";
}
