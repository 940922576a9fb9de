import assert from "node:assert/strict";
import { sprite } from "@/assets/icons.ts";

Deno.test("static/icons.svg is what assets/icons.ts makes of the names in use", async () => {
  const stored = await Deno.readTextFile(new URL("../../../static/icons.svg", import.meta.url));
  assert.equal(stored, await sprite(), "run: deno run -RW assets/icons.ts");
});
