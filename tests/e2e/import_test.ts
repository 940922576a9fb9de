import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { browserTest, TestBrowser } from "../support/browser.ts";
import { E2E_ADAPTERS, makeE2eLibrary } from "../support/e2e_library.ts";
import { ServedApp } from "../support/served_app.ts";

const tile = (page: Page, label: string) =>
  page.locator(".tile", { hasText: new RegExp(`^${label}\\s*\\d`) }).locator("dd").innerText();

/** Without scripts a page is as it was: it is loaded again until it says so. */
async function reloadUntil(page: Page, text: string): Promise<void> {
  while (await page.getByText(text, { exact: true }).count() === 0) await page.reload();
}

browserTest("The first run and imports", async (t) => {
  await using folder = await makeE2eLibrary();
  await folder.writeModel("broken.safetensors", {}, "broken");
  await folder.write("broken.civitai.info", "{");
  const files = E2E_ADAPTERS + 1;
  await using app = await ServedApp.start(null);
  await using browser = await TestBrowser.launch();
  const open = (options = {}) => browser.open(app.origin, options);

  await t.step("an empty library asks for a folder", async () => {
    await using visit = await open();
    await visit.goto("/");
    assert.equal(new URL(visit.page.url()).pathname, "/welcome");
    await visit.assertAccessible();
  });

  await t.step("says at the field what is wrong with a folder", async () => {
    await using visit = await open({ javaScriptEnabled: false });
    const { page } = visit;
    await page.goto("/welcome");
    await page.getByRole("textbox", { name: /older/ }).fill("/no/such/folder");
    await page.getByRole("button", { name: "Import this folder" }).click();
    const field = page.locator("#path");
    assert.equal(await field.inputValue(), "/no/such/folder");
    assert.equal(await field.getAttribute("aria-invalid"), "true");
    assert.match(await page.locator("#path-error").innerText(), /does not exist/);
    visit.expectComplaints(/422/);
  });

  await t.step("shows before adding anything what an import would do", async () => {
    await using visit = await open({ javaScriptEnabled: false });
    const { page } = visit;
    await page.goto("/import");
    await page.locator("#path").fill(folder.path);
    await page.getByRole("button", { name: "Dry run first" }).click();
    await reloadUntil(page, "finished");
    assert.equal(await tile(page, "would be new"), String(files));
    await page.goto("/?view=list");
    assert.match(await page.locator("main").innerText(), /No LoRAs yet/);
  });

  await t.step("does for real what a dry run has shown, live", async () => {
    await using visit = await open();
    const { page } = visit;
    await page.goto("/import");
    await page.getByRole("link", { name: "Dry run" }).click();
    await page.getByRole("button", { name: "Add the folder and import" }).click();
    await page.locator(".latest img").first().waitFor();
    await page.getByText("finished", { exact: true }).waitFor();
    assert.equal(await tile(page, "new"), String(files));
    await visit.assertAccessible();
  });

  await t.step("filters its report", async () => {
    await using visit = await open({ javaScriptEnabled: false });
    const { page } = visit;
    await page.goto("/import");
    await page.getByRole("link", { name: "Dry run" }).click();
    await page.getByRole("link", { name: /^failed/ }).click();
    const rows = page.locator(".report tbody tr");
    assert.equal(await rows.count(), 1);
    assert.match(await rows.innerText(), /broken\.civitai\.info.*not valid JSON/s);
  });

  await t.step("forgets a folder and keeps its records", async () => {
    await using visit = await open({ javaScriptEnabled: false });
    const { page } = visit;
    await page.goto("/import");
    await page.getByRole("button", { name: `Remove ${folder.path}` }).click();
    await page.getByRole("button", { name: "Remove the folder" }).click();
    await page.getByText("No folder yet").waitFor();
    await page.locator("#path").fill(folder.path);
    await page.getByRole("button", { name: "Add and import" }).click();
    await reloadUntil(page, "finished");
    assert.equal(await tile(page, "new"), "0");
  });

  for (const colorScheme of ["dark", "light"] as const) {
    for (const [width, height] of [[390, 844], [1280, 900]] as const) {
      await t.step(`is accessible at ${width} px in ${colorScheme}`, async () => {
        await using visit = await open({ colorScheme, viewport: { width, height } });
        await visit.goto("/import");
        await visit.assertAccessible();
      });
    }
  }
});
