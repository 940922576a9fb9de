import type { Library } from "./library.ts";

interface Place {
  url: string;
  count: number;
  top: number;
}

const STORED = "lm.library-place";
/** Further down, loading everything above again would take longer than scrolling. */
const MOST = 3000;

/**
 * Brings the reader back to where they left the library. Browsers that kept the page alive did that already; the others
 * would land at the end of the first page.
 *
 * @returns Stops remembering.
 */
export function rememberPlace(library: Library): () => void {
  const remember = () => {
    const place: Place = { url: location.href, count: library.pages.length, top: scrollY };
    sessionStorage.setItem(STORED, JSON.stringify(place));
  };
  addEventListener("pagehide", remember);
  void returnTo(library);
  return () => removeEventListener("pagehide", remember);
}

async function returnTo(library: Library): Promise<void> {
  const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  const stored = sessionStorage.getItem(STORED);
  if (navigation?.type !== "back_forward" || stored === null) return;
  const { url, count, top } = JSON.parse(stored) as Place;
  if (url !== location.href || count > MOST) return;
  await library.loadUntil(count);
  requestAnimationFrame(() => scrollTo({ top }));
}
