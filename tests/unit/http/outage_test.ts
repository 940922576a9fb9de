import assert from "node:assert/strict";
import { Unavailable } from "@/lib/errors.ts";
import { outageOf } from "@/lib/http/outage.ts";
import { problemOf } from "@/lib/http/problem.ts";

const failure = (code: string, cause?: Error) =>
  Object.assign(new Error("could not extend file", { cause }), { code });

for (
  const [code, words] of [
    ["53100", /disk is full/],
    ["ENOSPC", /disk is full/],
    ["53300", /no more connections/],
    ["57P01", /cannot be reached/],
    ["08006", /cannot be reached/],
    ["ECONNREFUSED", /cannot be reached/],
    ["ECONNRESET", /cannot be reached/],
    ["CONNECTION_CLOSED", /cannot be reached/],
  ] as const
) {
  Deno.test(`outageOf() knows ${code}, also as a cause`, () => {
    for (const error of [failure(code), new Error("Cannot save", { cause: failure(code) })]) {
      const outage = outageOf(error);
      assert.ok(outage instanceof Unavailable);
      assert.match(outage.message, words);
      assert.equal(outage.cause, error);
      assert.equal(problemOf(outage, { instance: "/", requestId: "r" }).status, 503);
    }
  });
}

Deno.test("outageOf() leaves faults of ours alone", () => {
  for (const error of [failure("23505"), failure("ENOENT"), new Error("x"), "x", null]) {
    assert.equal(outageOf(error), undefined);
  }
});
