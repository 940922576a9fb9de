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
