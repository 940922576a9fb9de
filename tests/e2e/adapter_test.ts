import assert from "node:assert/strict";
import { browserTest, TestBrowser } from "../support/browser.ts";
import { makeE2eLibrary } from "../support/e2e_library.ts";
import { ServedApp } from "../support/served_app.ts";
import { XSS_VECTORS } from "../support/xss_vectors.ts";

interface AdapterPage {
  items: { id: string; name: string }[];
}

browserTest("The adapter page", async (t) => {
  await using folder = await makeE2eLibrary();
  await using app = await ServedApp.start(folder.path);
  await using browser = await TestBrowser.launch();
  const answer = await fetch(`${app.origin}/api/v1/adapters?limit=500&sort=name`);
  const { items } = await answer.json() as AdapterPage;
  const path = (name: string) => `/adapters/${items.find((item) => item.name === name)!.id}`;
  const stored = async (name: string) =>
    (await (await fetch(`${app.origin}/api/v1${path(name)}`)).json()).adapter;

  for (const colorScheme of ["dark", "light"] as const) {
    for (const width of [390, 1280]) {
      await t.step(`is accessible at ${width} px in ${colorScheme}`, async () => {
        const viewport = { width, height: 900 };
        await using visit = await browser.open(app.origin, { colorScheme, viewport });
        await visit.goto(path("Lora 01"));
        await visit.page.getByText("All metadata").click();
        await visit.assertAccessible();
        await visit.goto(`${path("Lora 01")}?edit=1`);
        await visit.assertAccessible();
      });
    }
  }

  await t.step("shows hostile descriptions as harmless ones", async () => {
    await using visit = await browser.open(app.origin);
    const requests: string[] = [];
    visit.page.on("request", (request) => requests.push(request.url()));
    await visit.goto(path("Lora 07"));
    await visit.page.locator(".prose").getByText("harmless").waitFor();
    await visit.page.locator(".prose").getByText("click").click();
    assert.match(await visit.page.title(), /^Lora 07/);
    assert.deepEqual(requests.filter((url) => !url.startsWith(app.origin)), []);
  });

  await t.step("runs and fetches nothing that a hostile description names", async () => {
    await using visit = await browser.open(app.origin);
    const foreign: string[] = [];
    visit.page.on("request", (request) => {
      if (!request.url().startsWith(app.origin)) foreign.push(request.url());
    });
    for (const description of XSS_VECTORS) {
      const answer = await fetch(`${app.origin}/api/v1${path("Lora 21")}`, {
        method: "PATCH",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ description: `${description}<p>the end</p>` }),
      });
      assert.equal(answer.status, 200);
      await answer.body?.cancel();
      // The page's own load, not the network's rest: most of these would act at once.
      await visit.page.goto(path("Lora 21"), { waitUntil: "load" });
      assert.match(await visit.page.title(), /^Lora 21/, description);
    }
    assert.deepEqual(foreign, []);
  });

  await t.step("saves rating, heart, weight, tags and notes as one goes", async () => {
    await using visit = await browser.open(app.origin);
    const { page } = visit;
    await visit.goto(path("Lora 02"));
    const saved = () => page.waitForResponse((response) => response.request().method() === "PATCH");
    let wait = saved();
    await page.getByRole("button", { name: "4 of 5 for Lora 02" }).click();
    await wait;
    wait = saved();
    await page.getByRole("button", { name: "Favourite" }).click();
    await wait;
    wait = saved();
    await page.getByLabel("Weight", { exact: true }).fill("0,65");
    await page.keyboard.press("Tab");
    await wait;
    wait = saved();
    await page.getByLabel("Add tags, separated by commas").fill("one, two");
    await page.keyboard.press("Enter");
    await wait;
    wait = saved();
    await page.getByRole("textbox", { name: /^Notes/ }).fill("goes with rain");
    await page.keyboard.press("Tab");
    await wait;
    wait = saved();
    await page.getByRole("button", { name: "Rename" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Lora Two");
    await page.keyboard.press("Enter");
    await wait;
    const adapter = await stored("Lora 02");
    assert.equal(adapter.rating, 4);
    assert.equal(adapter.is_favorite, true);
    assert.equal(adapter.weight, 0.65);
    assert.equal(adapter.notes, "goes with rain");
    assert.equal(adapter.name, "Lora Two");
    assert.deepEqual(adapter.tags.slice(-2), ["one", "two"]);
    await page.getByText("<lora:lora_02:0.65>").waitFor();
  });

  await t.step("makes collections by naming them", async () => {
    await using visit = await browser.open(app.origin);
    const { page } = visit;
    await visit.goto(path("Lora 03"));
    await page.getByLabel("Add to a collection; a new name makes a new one").fill("Night city");
    const collected = page.waitForResponse("**/api/v1/adapters/bulk");
    await page.keyboard.press("Enter");
    await collected;
    await page.reload();
    await page.getByRole("link", { name: "Night city" }).click();
    await page.locator(".results-title").getByText("1 LoRA", { exact: true }).waitFor();
  });

  await t.step("edits everything, keeps what was typed when refused, without scripts", async () => {
    await using visit = await browser.open(app.origin, { javaScriptEnabled: false });
    const { page } = visit;
    await visit.goto(path("Lora 09"));
    await page.getByRole("link", { name: "Edit" }).click();
    await page.getByLabel("Name", { exact: true }).fill("");
    await page.getByLabel("Author").fill("ines");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Nothing was saved").waitFor();
    assert.equal(await page.getByLabel("Author").inputValue(), "ines");
    await page.getByLabel("Name", { exact: true }).fill("Lora Nine");
    await page.getByLabel("Name of set 1").fill("Night");
    await page.getByLabel("Text of set 1").fill("neon, rain");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("heading", { level: 1, name: "Lora Nine" }).waitFor();
    const adapter = await stored("Lora 09");
    assert.deepEqual(adapter.trigger_sets, [{ name: "Night", text: "neon, rain" }]);
    assert.deepEqual(adapter.edited_fields.toSorted(), ["author_username", "name", "trigger_sets"]);
    visit.expectComplaints(/422/);
  });

  await t.step("uses the panel's forms without scripts", async () => {
    await using visit = await browser.open(app.origin, { javaScriptEnabled: false });
    const { page } = visit;
    await visit.goto(path("Lora 10"));
    await page.getByRole("button", { name: "Put into the tray" }).click();
    await page.getByRole("button", { name: "In the tray" }).waitFor();
    await page.getByLabel("Weight", { exact: true }).fill("0.4");
    await page.getByRole("button", { name: "Set weight", exact: true }).first().click();
    await page.getByRole("button", { name: "3 of 5 for Lora 10" }).click();
    const adapter = await stored("Lora 10");
    assert.deepEqual([adapter.active, adapter.weight, adapter.rating], [true, 0.4, 3]);
  });

  await t.step("deletes the record after asking, and never the file", async () => {
    await using visit = await browser.open(app.origin);
    const { page } = visit;
    await visit.goto(path("Lora 11"));
    await page.getByRole("link", { name: "Delete record" }).click();
    await page.getByRole("button", { name: "Delete record" }).click();
    await page.waitForURL(`${app.origin}/`);
    assert.ok((await Deno.stat(`${folder.path}/lora_11.safetensors`)).isFile);
    const answer = await fetch(`${app.origin}${path("Lora 11")}`);
    await answer.body?.cancel();
    assert.equal(answer.status, 404);
  });
});
