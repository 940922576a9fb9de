import assert from "node:assert/strict";
import fc from "fast-check";
import { pathWithin } from "@/lib/pages/back.ts";

const HERE = new URL("http://localhost:8000/login");

Deno.test("pathWithin() keeps paths of this site", () => {
  assert.equal(pathWithin(HERE, "/import?offset=100"), "/import?offset=100");
  assert.equal(pathWithin(HERE, "/"), "/");
});

Deno.test("pathWithin() leads nowhere else", () => {
  const attacks = [
    null,
    "",
    "https://evil.example/",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/.//evil.example",
    "/..//evil.example",
    "javascript:alert(1)",
    "http:/evil.example",
  ];
  for (const attack of attacks) assert.equal(pathWithin(HERE, attack), "/", String(attack));
});

Deno.test("pathWithin() always answers a path that stays on this origin", () => {
  fc.assert(fc.property(fc.string({ maxLength: 60 }), (text) => {
    const path = pathWithin(HERE, `/${text}`);
    assert.equal(new URL(path, HERE).origin, HERE.origin);
  }));
});
