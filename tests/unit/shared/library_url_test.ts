import assert from "node:assert/strict";
import {
  canonical,
  filtersOf,
  isFiltered,
  moved,
  setFilters,
  toggled,
  unfiltered,
  withOnly,
} from "@/lib/shared/library_url.ts";

Deno.test("canonical() orders parameters, drops paging, unknown, empty and repeated ones", () => {
  const given = "view=list&cursor=abc&tag=b&utm=1&tag=a&tag=b&q=&base_model=SDXL%201.0";
  assert.equal(canonical(given), "tag=b&tag=a&base_model=SDXL+1.0&view=list");
});

Deno.test("toggled() adds a value, and takes the same value away again", () => {
  const on = toggled("q=rain", "tag", "neon lights");
  assert.equal(on, "q=rain&tag=neon+lights");
  assert.equal(toggled(on, "tag", "neon lights"), "q=rain");
  assert.equal(toggled("tag=a", "tag", "b"), "tag=a&tag=b");
});

Deno.test("withOnly() replaces all values of a parameter, or removes it", () => {
  assert.equal(withOnly("sort=name&order=asc", "sort", "size"), "sort=size&order=asc");
  assert.equal(withOnly("rating_min=3&tag=a", "rating_min", null), "tag=a");
});

Deno.test("moved() turns all-of into any-of and keeps what was there", () => {
  assert.equal(moved("tag=a&tag=b&tag_any=c", "tag", "tag_any"), "tag_any=c&tag_any=a&tag_any=b");
});

Deno.test("unfiltered() keeps how results are shown, filtersOf() what they are", () => {
  const search = "q=x&tag=a&sort=size&view=list&density=large";
  assert.equal(unfiltered(search), "sort=size&view=list&density=large");
  assert.equal(filtersOf(search), "q=x&tag=a");
  assert.equal(isFiltered("view=list"), false);
  assert.deepEqual(setFilters(search), [{ key: "tag", value: "a" }]);
});
