import assert from "node:assert/strict";
import { Invalid } from "@/lib/errors.ts";
import { composeChange } from "@/lib/pages/compose_form.ts";
import { importRequest, rootsRequest } from "@/lib/pages/import_form.ts";
import { keysRequest } from "@/lib/pages/keys_form.ts";
import { refusalOf } from "@/lib/pages/refusal.ts";
import { settingsPatch } from "@/lib/pages/settings_form.ts";

const ID = "01920000-0000-7000-8000-000000000001";
const NOW = new Date("2026-01-01T00:00:00Z");

const fieldsRefused = (read: () => unknown): string[] => {
  try {
    read();
  } catch (error) {
    return Object.keys(refusalOf(error).faults);
  }
  throw new Error("Nothing was refused");
};

Deno.test("importRequest() prefers a folder over a root, and takes ticks and lines", () => {
  assert.deepEqual(
    importRequest({ root: "/a", path: " /a/b ", dry_run: "on", ignore: "x\r\n\ny" }),
    {
      path: "/a/b",
      dry_run: true,
      force_resync: false,
      confirm_missing: false,
      ignore: ["x", "y"],
    },
  );
  assert.equal(importRequest({ root: "", path: "" }).path, undefined);
});

Deno.test("rootsRequest() names the field that is empty", () => {
  assert.deepEqual(fieldsRefused(() => rootsRequest({ intent: "add", path: " " })), ["path"]);
});

Deno.test("keysRequest() counts an expiry from now", () => {
  const made = keysRequest({ intent: "create", name: "x", role: "read", days: "7" }, NOW);
  assert.deepEqual(made, {
    kind: "create",
    key: { name: "x", role: "read", nsfw_max: null, expires_at: "2026-01-08T00:00:00.000Z" },
  });
});

Deno.test("keysRequest() refuses what no select offers", () => {
  const make = (fields: Record<string, string>) => () =>
    keysRequest({ intent: "create", name: "x", role: "read", ...fields }, NOW);
  assert.deepEqual(fieldsRefused(make({ role: "root" })), ["role"]);
  assert.deepEqual(fieldsRefused(make({ days: "-1" })), ["days"]);
  assert.deepEqual(fieldsRefused(make({ nsfw_max: "99" })), ["nsfw_max"]);
});

Deno.test("settingsPatch() takes an absent box for unticked and lines for patterns", () => {
  const form = {
    nsfw_max: "8",
    nsfw_blur_from: "63",
    theme: "dark",
    rescan_minutes: "0",
    import_ignore: "*.bak\n\n /old/ ",
  };
  assert.deepEqual(settingsPatch(form), {
    nsfw_max: 8,
    nsfw_blur_from: 63,
    theme: "dark",
    rescan_minutes: 0,
    watch: false,
    import_ignore: ["*.bak", "/old/"],
  });
  assert.deepEqual(fieldsRefused(() => settingsPatch({ ...form, rescan_minutes: "soon" })), [
    "rescan_minutes",
  ]);
});

Deno.test("composeChange() takes the second button of the form that saves", () => {
  assert.deepEqual(composeChange({ intent: "save", name: "", replace: ID }), {
    intent: "replace",
    id: ID,
  });
  assert.deepEqual(fieldsRefused(() => composeChange({ intent: "save", name: " " })), ["name"]);
});

Deno.test("refusalOf() keeps the first message of each field and lets bugs through", () => {
  const error = new Invalid([
    { path: "name", message: "one" },
    { path: "name", message: "two" },
    { path: "items.0.id", message: "three" },
  ]);
  assert.deepEqual(refusalOf(error), { status: 422, faults: { name: "one", items: "three" } });
  assert.throws(() => refusalOf(new TypeError("a bug")), /a bug/);
});
