import assert from "node:assert/strict";
import { defineHandlers, type HandlerDefinition } from "@/lib/jobs/handlers.ts";

const KINDS = { import: "import", hash: "hash" };
const handles = (queue: string, concurrency?: number): HandlerDefinition => ({
  queue,
  concurrency,
  handler: () => Promise.resolve(),
});
const imports = { import: handles("import") };
const hashes = { hash: handles("hash", 2) };

Deno.test("defineHandlers() groups kinds by queue", () => {
  const handlers = defineHandlers([imports, hashes], KINDS);
  assert.deepEqual([...handlers.byKind.keys()], ["import", "hash"]);
  assert.deepEqual(handlers.queues.get("hash"), { concurrency: 2, kinds: ["hash"] });
});

Deno.test("defineHandlers() refuses a kind without a handler", () => {
  assert.throws(() => defineHandlers(imports, KINDS), { message: /hash has no handler/ });
});

Deno.test("defineHandlers() refuses two handlers of a kind", () => {
  assert.throws(() => defineHandlers([imports, hashes, hashes], KINDS), {
    message: /hash has two handlers/,
  });
});

Deno.test("defineHandlers() names every fault at once", () => {
  const groups = [{ import: handles("hash"), typo: handles("import") }];
  assert.throws(() => defineHandlers(groups, KINDS), (error: Error) => {
    assert.match(error.message, /import belongs in import, not hash/);
    assert.match(error.message, /typo is not a known kind/);
    assert.match(error.message, /hash has no handler/);
    return true;
  });
});

Deno.test("defineHandlers() refuses two concurrencies of one queue", () => {
  assert.throws(
    () => defineHandlers([{ a: handles("q", 1), b: handles("q", 2) }], { a: "q", b: "q" }),
    { message: /q has two concurrencies, 1 and 2/ },
  );
});
