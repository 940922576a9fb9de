import assert from "node:assert/strict";
import fc from "fast-check";
import { BACKOFF_CAP_MS, backoffMs } from "@/lib/jobs/backoff.ts";

const RUNS = { numRuns: 10_000 };
const attempt = fc.integer({ min: 1, max: 2 ** 31 - 1 });
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

Deno.test("backoffMs() is above zero and never above the cap", () => {
  fc.assert(
    fc.property(attempt, random, (attempt, random) => {
      const delay = backoffMs(attempt, () => random);
      assert.ok(delay > 0 && delay <= BACKOFF_CAP_MS);
    }),
    RUNS,
  );
});

Deno.test("backoffMs() never falls from one attempt to the next, whatever chance says", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), random, random, (attempt, first, second) => {
      const [earlier, later] = [
        backoffMs(attempt, () => first),
        backoffMs(attempt + 1, () => second),
      ];
      // The least of an attempt is the most of the one before, until the cap is reached.
      if (2 ** attempt * 1000 <= BACKOFF_CAP_MS) assert.ok(later >= earlier);
      else assert.ok(later >= BACKOFF_CAP_MS / 2);
    }),
    RUNS,
  );
});
