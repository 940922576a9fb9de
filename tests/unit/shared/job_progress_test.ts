import assert from "node:assert/strict";
import { progressLine } from "@/lib/shared/job_progress.ts";

Deno.test("progressLine() words each kind of progress", () => {
  assert.deepEqual(progressLine({ scanned: 1204, total: 10_000, rate_per_s: 310.4, eta_s: 28 }), {
    share: 0.1204,
    done: "1,204 of 10,000 files",
    rate: "310 files/s",
    left: "28 s left",
    path: null,
  });
  const hashing = {
    bytes: 2_000_000_000,
    total_bytes: 8_000_000_000,
    bytes_per_s: 250_000_000,
    eta_s: 24,
    files: 3,
    total_files: 12,
    path: "styles/ink.safetensors",
  };
  assert.deepEqual(progressLine(hashing), {
    share: 0.25,
    done: "2 GB of 8 GB",
    rate: "250 MB/s",
    left: "24 s left",
    path: "styles/ink.safetensors",
  });
  assert.equal(progressLine({ phase: "previews", done: 5, total: 9 }).done, "5 of 9 pictures");
});

Deno.test("progressLine() says nothing before the first news", () => {
  assert.deepEqual(progressLine({}), { share: null, done: "", rate: null, left: null, path: null });
});
