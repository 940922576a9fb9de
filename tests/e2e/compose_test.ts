import { Buffer } from "node:buffer";
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { browserTest, TestBrowser } from "../support/browser.ts";
import { makeE2eLibrary } from "../support/e2e_library.ts";
import { ServedApp } from "../support/served_app.ts";

const prompt = (page: Page) => page.locator("#composed").innerText();
const names = (page: Page) => page.locator(".stack-name a").allInnerTexts();

/** The prompt as the server composes it, whatever a page shows. */
async function composedByServer(origin: string, body: Record<string, unknown>): Promise<string> {
  const response = await fetch(`${origin}/api/v1/compose`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return (await response.json() as { prompt: string }).prompt;
}

browserTest("The composer", async (t) => {
  await using folder = await makeE2eLibrary();
  await using app = await ServedApp.start(folder.path);
  await using browser = await TestBrowser.launch();
  const open = (options = {}) => browser.open(app.origin, options);

  await t.step("adds what is found while typing", async () => {
    await using visit = await open();
    const { page } = visit;
    await visit.goto("/compose");
    await page.getByLabel("Find a LoRA to add").fill("Lora 01");
    await page.getByRole("button", { name: /Add Lora 01/ }).click();
    await page.locator(".stack-item").waitFor();
    await page.getByLabel("Find a LoRA to add").fill("Lora 02");
    await page.getByRole("button", { name: /Add Lora 02/ }).waitFor();
    await page.getByLabel("Find a LoRA to add").press("Enter");
    await page.locator(".stack-item").nth(1).waitFor();
    assert.deepEqual(await names(page), ["Lora 01", "Lora 02"]);
    assert.equal(await prompt(page), "<lora:lora_01:1> <lora:lora_02:1>");
  });

  await t.step("composes as one types what the server composes", async () => {
    await using visit = await open();
    const { page } = visit;
    await visit.goto("/compose");
    await page.getByLabel("Before the LoRAs").fill("a street, rain");
    await page.getByLabel("After them").fill("neon");
    await page.getByText("Activation", { exact: true }).click();
    await page.getByRole("spinbutton", { name: "Weight of Lora 02" }).fill("0.65");
    await page.getByRole("spinbutton", { name: "Weight of Lora 02" }).press("Enter");
    await page.waitForFunction(() => location.search.includes("triggers=activation"));
    const live = await prompt(page);
    assert.match(live, /^a street, rain <lora:lora_01:1> <lora:lora_02:0\.65> .*word 1.* neon$/);
    const request = { prefix: "a street, rain", suffix: "neon", triggers: "activation" };
    assert.equal(live, await composedByServer(app.origin, request));
    await page.reload({ waitUntil: "networkidle" });
    assert.equal(await prompt(page), live);
  });

  await t.step("puts a LoRA's words into the text and takes them out", async () => {
    await using visit = await open();
    const { page } = visit;
    await visit.goto("/compose?suffix=neon");
    const words = page.getByRole("button", { name: "word 2", exact: true });
    await words.click();
    assert.equal(await page.getByLabel("After them").inputValue(), "neon, word 2");
    assert.equal(await words.getAttribute("aria-pressed"), "true");
    await words.click();
    assert.equal(await page.getByLabel("After them").inputValue(), "neon");
  });

  await t.step("reorders by keyboard and keeps the focus", async () => {
    await using visit = await open();
    const { page } = visit;
    await visit.goto("/compose");
    await page.locator(".stack-name a").first().focus();
    await page.keyboard.press("Alt+ArrowDown");
    await page.waitForFunction(() =>
      document.querySelector(".stack-name a")?.textContent === "Lora 02"
    );
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Lora 01");
    await page.waitForLoadState("networkidle");
    await page.reload({ waitUntil: "networkidle" });
    assert.deepEqual(await names(page), ["Lora 02", "Lora 01"]);
  });

  await t.step("reorders by dragging the handle", async () => {
    await using visit = await open();
    const { page } = visit;
    await visit.goto("/compose");
    const saved = page.waitForResponse((response) => response.request().method() === "PUT");
    await page.locator(".stack-grip").nth(1).dragTo(page.locator(".stack-item").nth(0), {
      targetPosition: { x: 40, y: 4 },
    });
    await saved;
    assert.deepEqual(await names(page), ["Lora 01", "Lora 02"]);
  });

  await t.step("says at the LoRA what is wrong with it", async () => {
    await using visit = await open();
    const { page } = visit;
    await visit.goto("/compose?target=Flux.1+D");
    const first = page.locator(".stack-item").first();
    assert.match(await first.innerText(), /does not load on Flux\.1 D/);
    await page.getByRole("spinbutton", { name: "Weight of Lora 01" }).fill("5");
    await page.getByRole("spinbutton", { name: "Weight of Lora 01" }).press("Enter");
    assert.match(await first.innerText(), /outside -2 to 2/);
    await page.getByRole("spinbutton", { name: "Weight of Lora 01" }).fill("1");
    const saved = page.waitForResponse((response) => response.request().method() === "PATCH");
    await page.getByRole("spinbutton", { name: "Weight of Lora 01" }).press("Enter");
    await saved;
  });

  await t.step("works by forms alone", async () => {
    await using visit = await open({ javaScriptEnabled: false });
    const { page } = visit;
    await page.goto("/compose");
    await page.getByLabel("Find a LoRA to add").fill("Lora 03");
    await page.getByRole("button", { name: "Search", exact: true }).click();
    await page.getByRole("button", { name: /Add Lora 03/ }).click();
    assert.deepEqual(await names(page), ["Lora 01", "Lora 02", "Lora 03"]);

    await page.getByLabel("Before the LoRAs").fill("a quiet street");
    await page.getByRole("button", { name: "Compose", exact: true }).click();
    await page.getByRole("button", { name: "Move Lora 03 up" }).first().click();
    assert.deepEqual(await names(page), ["Lora 01", "Lora 03", "Lora 02"]);
    assert.match(await prompt(page), /^a quiet street <lora:lora_01/);

    const third = page.locator(".stack-item").nth(1);
    await third.getByRole("spinbutton", { name: "Weight of Lora 03" }).fill("0.4");
    await third.getByRole("button", { name: "Set" }).click();
    assert.match(await prompt(page), /<lora:lora_03:0\.4>/);
    await page.getByRole("button", { name: "Take Lora 03 out" }).first().click();
    assert.deepEqual(await names(page), ["Lora 01", "Lora 02"]);
  });

  await t.step("saves, renames, uses, exports, deletes and imports recipes by forms", async () => {
    await using visit = await open({ javaScriptEnabled: false });
    const { page } = visit;
    await page.goto("/compose?prefix=harbour+at+night");
    await page.getByLabel("Name of the recipe").fill("Harbour");
    await page.getByRole("button", { name: "Save recipe" }).click();
    await page.getByText("Recipe saved.").waitFor();

    await page.getByLabel("Name of the recipe").fill("Harbour");
    await page.getByRole("button", { name: "Save recipe" }).click();
    await page.getByText('A recipe called "Harbour" already exists').waitFor();
    visit.expectComplaints(/409/);

    await page.goto("/compose?target=SDXL+1.0");
    await page.getByRole("button", { name: "Change Harbour" }).click();
    await page.getByLabel("New name of Harbour").fill("Night harbour");
    await page.getByRole("button", { name: "Rename" }).click();
    await page.getByText("Recipe renamed.").waitFor();
    assert.equal(await page.getByLabel("Checkpoint").inputValue(), "SDXL 1.0");

    await page.getByRole("button", { name: "Take Lora 01 out" }).first().click();
    await page.getByRole("button", { name: "Use Night harbour" }).click();
    await page.getByText("The recipe is in use.").waitFor();
    assert.deepEqual(await names(page), ["Lora 01", "Lora 02"]);
    assert.equal(await page.getByLabel("Before the LoRAs").inputValue(), "harbour at night");

    const exported = await (await fetch(`${app.origin}/api/v1/recipes/export`)).text();
    await page.getByRole("button", { name: "Delete Night harbour" }).click();
    await page.getByRole("button", { name: "Delete the recipe" }).click();
    await page.getByText("No recipes yet").waitFor();

    await page.getByLabel("Recipe file").setInputFiles({
      name: "recipes.json",
      mimeType: "application/json",
      buffer: Buffer.from(exported),
    });
    await page.getByRole("button", { name: "Import", exact: true }).click();
    await page.getByText("Recipes imported.").waitFor();
    await page.getByText("Night harbour", { exact: true }).waitFor();

    await page.getByLabel("Recipe file").setInputFiles({
      name: "notes.json",
      mimeType: "application/json",
      buffer: Buffer.from("{}"),
    });
    await page.getByRole("button", { name: "Import", exact: true }).click();
    await page.getByText(/notes\.json is no recipe file/).waitFor();
    visit.expectComplaints(/422/);
  });

  for (const colorScheme of ["dark", "light"] as const) {
    for (const [width, height] of [[390, 844], [1280, 900]] as const) {
      await t.step(`is accessible at ${width} px in ${colorScheme}`, async () => {
        await using visit = await open({ colorScheme, viewport: { width, height } });
        await visit.goto(
          "/compose?prefix=rain&triggers=all&target=Flux.1+D&find=lora&suffix=word+2",
        );
        await visit.assertAccessible();
      });
    }
  }
});
