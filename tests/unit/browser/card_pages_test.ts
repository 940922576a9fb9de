import assert from "node:assert/strict";
import { CardPages } from "@/browser/card_pages.ts";
import type { CardView } from "@/lib/shared/card_view.ts";

const PAGE = 60;
const pageAt = (page: number, last = 1000) => ({
  items: Array.from(
    { length: PAGE },
    (_, i) => ({ id: `id-${page * PAGE + i}`, shape: i % 23, name: `n${page}` }) as CardView,
  ),
  next_cursor: page === last ? null : `after-${page}`,
});

function loaded(pages: number): CardPages {
  const all = new CardPages(pageAt(0));
  for (let page = 1; page < pages; page++) all.append(pageAt(page));
  return all;
}

Deno.test("CardPages.focus() lets go of far cards but keeps their places", () => {
  const pages = loaded(100);
  pages.focus(90 * PAGE, 91 * PAGE);
  assert.equal(pages.length, 100 * PAGE);
  assert.equal(pages.at(0), null);
  assert.equal(pages.ids[0], "id-0");
  assert.equal(pages.at(90 * PAGE)?.id, `id-${90 * PAGE}`);
  const held = pages.ids.filter((_, index) => pages.at(index) !== null).length;
  assert.ok(held <= 14 * PAGE, `${held} cards held`);
});

Deno.test("CardPages.focus() names each page that came back into view once", () => {
  const pages = loaded(40);
  pages.focus(35 * PAGE, 36 * PAGE);
  const missing = pages.focus(0, 30);
  assert.deepEqual(missing.map(({ cursor, start }) => [cursor, start]), [[null, 0], [
    "after-0",
    PAGE,
  ]]);
  assert.deepEqual(pages.focus(0, 30), []);
  pages.restore(0, pageAt(0));
  assert.equal(pages.at(5)?.id, "id-5");
});

Deno.test("CardPages.focus() does not ask again for a page that has become shorter", () => {
  const pages = loaded(40);
  pages.focus(35 * PAGE, 36 * PAGE);
  pages.focus(0, 30);
  pages.restore(0, { items: pageAt(0).items.slice(0, 3), next_cursor: null });
  assert.equal(pages.at(2)?.id, "id-2");
  assert.equal(pages.at(10), null);
  assert.deepEqual(pages.focus(0, 30), []);
});
