import assert from "node:assert/strict";
import { browserTest, TestBrowser } from "../support/browser.ts";
import { LibraryFolder } from "../support/library_folder.ts";
import { ServedApp } from "../support/served_app.ts";

/** Two files of the same bytes, and two of the same name in different folders. */
async function twins(): Promise<LibraryFolder> {
  const folder = await LibraryFolder.make();
  await folder.writeModel("one.safetensors", {}, "same");
  await folder.writeModel("two.safetensors", {}, "same");
  await folder.writeModel("a/fox.safetensors", {}, "fox");
  await folder.writeModel("b/fox.safetensors", {}, "another fox");
  return folder;
}

const PAGES = ["/duplicates", "/settings", "/keys", "/docs"];

browserTest("The administrator's pages", async (t) => {
  await using folder = await twins();
  await using app = await ServedApp.start(folder.path);
  await using browser = await TestBrowser.launch();
  const open = (options = {}) => browser.open(app.origin, options);

  for (const colorScheme of ["dark", "light"] as const) {
    for (const [width, height] of [[390, 844], [1280, 900]] as const) {
      await t.step(`are accessible at ${width} px in ${colorScheme}`, async () => {
        await using visit = await open({ colorScheme, viewport: { width, height } });
        for (const path of PAGES) {
          await visit.goto(path);
          await visit.assertAccessible();
        }
      });
    }
  }

  await t.step("keep one of several records and leave the files alone", async () => {
    await using visit = await open({ javaScriptEnabled: false });
    const { page } = visit;
    await page.goto("/duplicates?reason=sha256");
    await page.getByRole("button", { name: /Keep this one: .*one\.safetensors/ }).click();
    await page.getByRole("button", { name: "Remove 1 other record" }).click();
    await page.getByText("No duplicates").waitFor();
    await Deno.stat(`${folder.path}/two.safetensors`);
  });

  await t.step("save settings and say what was wrong with them", async () => {
    await using visit = await open({ javaScriptEnabled: false });
    const { page } = visit;
    await page.goto("/settings");
    await page.getByLabel("Up to X", { exact: false }).first().check();
    await page.getByLabel("Light", { exact: true }).check();
    await page.getByLabel("Skip files matching").fill("*.bak\n\n/old/");
    await page.getByLabel("Watch the folders").uncheck();
    await page.getByRole("button", { name: "Save settings" }).click();
    await page.getByText("Settings saved.").waitFor();
    assert.equal(await page.locator("html").getAttribute("data-theme"), "light");
    assert.equal(await page.getByLabel("Skip files matching").inputValue(), "*.bak\n/old/");
    assert.equal(await page.getByLabel("Watch the folders").isChecked(), false);
  });

  await t.step("make the first key, which signs its maker in and everyone else out", async () => {
    await using maker = await open();
    await using other = await open();
    await maker.goto("/keys");
    await maker.page.getByLabel("Name").fill("Mine");
    await maker.page.getByRole("button", { name: "Make a key" }).click();
    const key = await maker.page.locator(".secret code").innerText();
    assert.match(key, /^lm_/);
    await maker.assertAccessible();

    await other.goto("/settings");
    assert.equal(new URL(other.page.url()).pathname, "/login");
    await other.assertAccessible();
    await other.page.getByLabel("API key").fill("lm_wrong");
    await other.page.getByRole("button", { name: "Sign in" }).click();
    await other.page.getByText("This key is wrong, expired or revoked").waitFor();
    other.expectComplaints(/401/);
    await other.page.getByLabel("API key").fill(key);
    await other.page.getByRole("button", { name: "Sign in" }).click();
    await other.page.waitForURL("/settings");
    await other.page.getByRole("button", { name: "Sign out" }).click();
    await other.page.getByText("You are signed out.").waitFor();

    await maker.goto("/keys");
    await maker.page.getByText("this browser", { exact: true }).waitFor();
    assert.doesNotMatch(await maker.page.content(), new RegExp(key));
    await maker.page.getByRole("button", { name: "Revoke Mine" }).click();
    await maker.page.getByRole("button", { name: "Revoke", exact: true }).click();
    await maker.page.getByText("No key is needed yet", { exact: false }).waitFor();
  });
});
