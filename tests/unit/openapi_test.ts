import assert from "node:assert/strict";
import { allowedMethods } from "@/lib/openapi/methods.ts";
import { openApiDocument } from "@/lib/openapi/document.ts";

Deno.test("openApiDocument() asks for no query parameter that may be absent", () => {
  const { paths } = openApiDocument();
  const required = Object.entries(paths ?? {}).flatMap(([path, item]) =>
    (item.get?.parameters ?? []).flatMap((parameter) =>
      "in" in parameter && parameter.in === "query" && parameter.required
        ? [`${path}?${parameter.name}`]
        : []
    )
  );
  assert.deepEqual(required, []);
});

Deno.test("openApiDocument() gives every operation its own id, a summary and the role it needs", () => {
  const { paths } = openApiDocument();
  const operations = Object.values(paths ?? {}).flatMap((item) =>
    [item.get, item.post, item.put, item.patch, item.delete].filter((each) => each !== undefined)
  );
  assert.ok(operations.length > 30);
  const ids = operations.map(({ operationId }) => operationId);
  assert.equal(new Set(ids).size, ids.length);
  for (const { summary, description, responses } of operations) {
    assert.ok(summary);
    assert.match(description ?? "", /Needs (no key|the role (read|write|admin))\.$/);
    assert.ok(responses?.default);
  }
  assert.match(paths?.["/api/v1/keys"]?.get?.description ?? "", /admin/);
});

Deno.test("allowedMethods() means the most specific path", () => {
  assert.deepEqual(allowedMethods("/api/v1/recipes/export"), ["GET", "HEAD", "OPTIONS"]);
  assert.ok(
    allowedMethods("/api/v1/recipes/0190163d-8694-739b-aea5-966c26f8ad90")?.includes("PATCH"),
  );
  assert.equal(allowedMethods("/api/v1/nowhere"), null);
});
