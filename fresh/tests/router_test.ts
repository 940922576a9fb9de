import assert from "node:assert/strict";
import { compilePattern, relateScope } from "../src/pattern.ts";
import { Router } from "../src/router.ts";

function paramsOf(pattern: string, path: string): Record<string, string> | null {
  const router = new Router<true>();
  router.add(pattern, "GET", true);
  return router.match("GET", path)?.params ?? null;
}

Deno.test("Router.match() reads named, optional, repeated and custom parameters", () => {
  assert.deepEqual(paramsOf("/a/:id", "/a/7"), { id: "7" });
  assert.deepEqual(paramsOf("/a/:id", "/a/7/8"), null);
  assert.deepEqual(paramsOf("/a/:id?", "/a"), { id: "" });
  assert.deepEqual(paramsOf("/a/:rest*", "/a"), { rest: "" });
  assert.deepEqual(paramsOf("/a/:rest*", "/a/b/c"), { rest: "b/c" });
  assert.deepEqual(paramsOf("/a/:rest+", "/a"), null);
  assert.deepEqual(paramsOf("/docs{/:version}?", "/docs"), { version: "" });
  assert.deepEqual(paramsOf("/docs{/:version}?", "/docs/v2"), { version: "v2" });
  assert.deepEqual(paramsOf("/x/:name@:version", "/x/fresh@2"), { name: "fresh", version: "2" });
  assert.deepEqual(paramsOf("/n/:id(\\d+)", "/n/12"), { id: "12" });
  assert.deepEqual(paramsOf("/n/:id(\\d+)", "/n/x"), null);
  assert.deepEqual(paramsOf("/file.:type", "/filexjson"), null);
});

Deno.test("Router.match() decodes parameters and keeps malformed escapes", () => {
  assert.deepEqual(paramsOf("/a/:id", "/a/%C3%A9%2F"), { id: "é/" });
  assert.deepEqual(paramsOf("/a/:id", "/a/%E0%A4%A"), { id: "%E0%A4%A" });
});

Deno.test("Router.match() prefers fixed paths, then the pattern registered first", () => {
  const router = new Router<string>();
  router.add("/:any", "GET", "any");
  router.add("/a/:id", "GET", "first");
  router.add("/a/:other", "GET", "second");
  router.add("/a/fixed", "GET", "fixed");
  router.add("/*", "GET", "rest");
  const valueAt = (path: string) => router.match("GET", path)?.value;
  assert.equal(valueAt("/a/fixed"), "fixed");
  assert.equal(valueAt("/a/x"), "first");
  assert.equal(valueAt("/b"), "any");
  assert.equal(valueAt("/a/x/y"), "rest");
  assert.equal(valueAt("/c/d"), "rest");
});

Deno.test("Router.match() goes on to a pattern that has the method", () => {
  const router = new Router<string>();
  router.add("/a/:id", "GET", "get");
  router.add("/:x/:y", "POST", "post");
  assert.equal(router.match("POST", "/a/1")?.value, "post");
  assert.equal(router.match("HEAD", "/a/1")?.value, "get");
  const other = router.match("PUT", "/a/1");
  assert.equal(other?.value, undefined);
  assert.deepEqual([...other!.entry.methods.keys()], ["GET"]);
});

Deno.test("relateScope() leaves to the request what a pattern does not settle", () => {
  assert.equal(relateScope("", "/x/y"), "always");
  assert.equal(relateScope("/x", "/x/y"), "always");
  assert.equal(relateScope("/x", "/xy"), "never");
  assert.equal(relateScope("/x/y", "/x"), "never");
  assert.equal(relateScope("/x/:id", "/x/:id/edit"), "always");
  assert.equal(relateScope("/x", "/:page"), "maybe");
  assert.equal(relateScope("/x/y", "/:rest*"), "maybe");
  assert.equal(relateScope("/docs", "/docs{/:v}?"), "maybe");
});

Deno.test("compilePattern() refuses a group that is not closed", () => {
  assert.throws(() => compilePattern("/a{/:b"), SyntaxError);
});
