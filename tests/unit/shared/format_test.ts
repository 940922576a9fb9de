import assert from "node:assert/strict";
import {
  formatBytes,
  formatDuration,
  formatExact,
  formatRelative,
  formatWeight,
  plural,
} from "@/lib/shared/format.ts";

Deno.test("formatBytes() picks the unit and never says 1000 of one", () => {
  const cases: [number | null, string][] = [
    [null, "unknown size"],
    [0, "0 B"],
    [999, "999 B"],
    [1000, "1 KB"],
    [1234, "1.2 KB"],
    [999_600, "1 MB"],
    [143_000_000, "143 MB"],
    [6_938_040_000, "6.9 GB"],
  ];
  for (const [bytes, text] of cases) assert.equal(formatBytes(bytes), text);
});

Deno.test("formatWeight() keeps three decimals and knows no minus zero", () => {
  assert.equal(formatWeight(0.8500001), "0.85");
  assert.equal(formatWeight(-0.0001), "0");
  assert.equal(formatWeight(1), "1");
});

Deno.test("formatDuration() says two units at most", () => {
  assert.equal(formatDuration(320), "320 ms");
  assert.equal(formatDuration(4230), "4.2 s");
  assert.equal(formatDuration(60_000), "1 min");
  assert.equal(formatDuration(200_000), "3 min 20 s");
  assert.equal(formatDuration(7_500_000), "2 h 5 min");
});

Deno.test("formatRelative() uses the largest unit that fits, both ways", () => {
  const now = Date.parse("2026-03-10T12:00:00Z");
  assert.equal(formatRelative("2026-03-10T11:59:40Z", now), "just now");
  assert.equal(formatRelative("2026-03-10T09:00:00Z", now), "3 hours ago");
  assert.equal(formatRelative("2026-03-09T11:00:00Z", now), "yesterday");
  assert.equal(formatRelative("2024-01-01T00:00:00Z", now), "2 years ago");
  assert.equal(formatRelative("2026-03-11T13:00:00Z", now), "tomorrow");
  assert.equal(formatRelative("nonsense", now), "unknown");
});

Deno.test("formatExact() is UTC to the minute, and passes on what is no time", () => {
  assert.equal(formatExact("2024-05-01T19:03:59+02:00"), "2024-05-01 17:03 UTC");
  assert.equal(formatExact("soon"), "soon");
});

Deno.test("plural() counts with separators", () => {
  assert.equal(plural(1, "LoRA"), "1 LoRA");
  assert.equal(plural(12_431, "LoRA"), "12,431 LoRAs");
  assert.equal(plural(2, "entry", "entries"), "2 entries");
});
