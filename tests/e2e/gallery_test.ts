import assert from "node:assert/strict";
import { browserTest, TestBrowser } from "../support/browser.ts";
import { E2E_ADAPTERS, makeE2eLibrary } from "../support/e2e_library.ts";
import { ServedApp } from "../support/served_app.ts";

/** All but the one that the default content level hides. */
const VISIBLE = E2E_ADAPTERS - 1;

browserTest("The gallery", async (t) => {
  await using folder = await makeE2eLibrary();
  await using app = await ServedApp.start(folder.path);
  await using browser = await TestBrowser.launch();
  const open = (options = {}) => browser.open(app.origin, options);

  for (const colorScheme of ["dark", "light"] as const) {
    for (const [width, height] of [[390, 844], [1280, 900], [2560, 1300]] as const) {
      await t.step(`is accessible at ${width} px in ${colorScheme}`, async () => {
        await using visit = await open({ colorScheme, viewport: { width, height } });
        await visit.goto("/");
        await visit.assertAccessible();
        await visit.goto("/?view=list&tag=demo&tag_not=rain");
        await visit.assertAccessible();
        await visit.goto("/?q=no+such+thing");
        await visit.assertAccessible();
      });
    }
  }

  await t.step("reserves the space of its pictures", async () => {
    await using visit = await open();
    await visit.page.addInitScript(() => {
      const shifts = globalThis as unknown as { shift: number };
      shifts.shift = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          const { hadRecentInput, value } = entry as PerformanceEntry & {
            hadRecentInput: boolean;
            value: number;
          };
          if (!hadRecentInput) shifts.shift += value;
        }
      }).observe({ type: "layout-shift", buffered: true });
    });
    await visit.goto("/");
    const shift = await visit.page.evaluate(() =>
      (globalThis as unknown as { shift: number }).shift
    );
    assert.ok(shift < 0.02, `layout shift ${shift}`);
  });

  await t.step("says how many there are and how many are hidden", async () => {
    await using visit = await open();
    await visit.goto("/");
    const title = await visit.page.locator(".results-title").innerText();
    assert.match(title, new RegExp(`${VISIBLE} LoRAs`));
    assert.match(title, /1 hidden/);
  });

  await t.step("blurs what is rated above the viewer's level until asked", async () => {
    await using visit = await open();
    await visit.goto("/?q=Lora+06");
    const filter = () =>
      visit.page.locator(".card-picture").evaluate((image) => getComputedStyle(image).filter);
    assert.match(await filter(), /blur/);
    await visit.page.getByLabel("Show picture of Lora 06").check({ force: true });
    await visit.page.waitForFunction(() =>
      getComputedStyle(document.querySelector(".card-picture")!).filter === "none"
    );
  });

  await t.step("loads on as one scrolls and keeps few cards in the document", async () => {
    await using visit = await open({ viewport: { width: 600, height: 500 } });
    const { page } = visit;
    await visit.goto("/?density=large");
    // Not by keys: Chromium glides there, and drops a key that comes before it has arrived.
    const scrollTo = (top: number) => page.evaluate((y) => globalThis.scrollTo(0, y), top);
    await scrollTo(1e6);
    await page.locator(".gallery-end").waitFor({ state: "detached" });
    await scrollTo(1e6);
    await page.getByText(`Lora ${E2E_ADAPTERS}`, { exact: true }).waitFor();
    assert.ok(await page.locator(".card").count() < 40);
    await scrollTo(0);
    await page.getByText("Lora 01", { exact: true }).waitFor();
  });

  await t.step("filters as one types, in the URL, and goes back", async () => {
    await using visit = await open();
    const { page } = visit;
    await visit.goto("/");
    await page.keyboard.press("/");
    await page.keyboard.type("Lora 42");
    await page.waitForURL((url) => url.searchParams.get("q") === "Lora 42");
    await page.locator(".card-name").first().getByText("Lora 42").waitFor();
    await page.goBack();
    await page.waitForURL((url) => !url.searchParams.has("q"));
    await page.locator(".results-title").getByText(`${VISIBLE} LoRAs`).waitFor();
  });

  await t.step("narrows by facets, takes filters away and excludes", async () => {
    await using visit = await open();
    const { page } = visit;
    await visit.goto("/");
    await page.locator("#facets").getByRole("link", { name: "rain", exact: false }).first().click();
    await page.waitForURL("**/?tag=rain");
    await page.locator(".results-title").getByText("24 LoRAs").waitFor();
    await page.getByRole("link", { name: "Remove the filter rain" }).click();
    await page.locator(".results-title").getByText(`${VISIBLE} LoRAs`).waitFor();
    await page.getByRole("link", { name: "Without rain" }).click();
    await page.locator(".results-title").getByText(`${VISIBLE - 24} LoRAs`).waitFor();
  });

  await t.step("works by keyboard: move, use, select a range, act, undo", async () => {
    await using visit = await open();
    const { page } = visit;
    await visit.goto("/");
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.locator(".card:focus-within .card-name").getByText("Lora 02").waitFor();
    await page.keyboard.press("Space");
    await page.locator(".strip").getByText("1 active").waitFor();
    await page.keyboard.press("x");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Shift+X");
    await page.locator(".bulk-count").getByText("3 selected").waitFor();
    await page.getByRole("button", { name: "Activate", exact: true }).click();
    await page.locator(".strip").getByText("3 active").waitFor();
    await page.getByRole("button", { name: "Deactivate" }).click();
    await page.locator(".strip").getByText("0 active").waitFor();
    await page.keyboard.press("Escape");
    await page.locator(".bulk").waitFor({ state: "detached" });
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keys" }).waitFor();
  });

  await t.step("takes an optimistic change back when the server refuses it", async () => {
    await using visit = await open();
    const { page } = visit;
    await visit.goto("/");
    await page.route("**/api/v1/adapters/*/activate", (route) =>
      route.fulfill({
        status: 503,
        contentType: "application/problem+json",
        body: JSON.stringify({ title: "Away", detail: "The database is away" }),
      }));
    await page.getByRole("button", { name: "Use Lora 01" }).click({ force: true });
    await page.locator(".toast").getByText("The database is away").waitFor();
    await page.locator(".strip").getByText("0 active").waitFor();
    visit.expectComplaints(/503/);
  });

  await t.step("orders the tray by Alt and arrows and steps weights", async () => {
    await using visit = await open({ viewport: { width: 1700, height: 900 } });
    const { page } = visit;
    await visit.goto("/");
    for (const name of ["Lora 03", "Lora 08"]) {
      await page.getByRole("button", { name: `Use ${name}` }).click({ force: true });
    }
    const names = page.locator(".tray-name");
    await names.nth(1).waitFor();
    await names.nth(1).focus();
    const saved = page.waitForResponse("**/api/v1/adapters/active");
    await page.keyboard.press("Alt+ArrowUp");
    await saved;
    assert.deepEqual(await names.allInnerTexts(), ["Lora 08", "Lora 03"]);
    const patched = page.waitForResponse("**/api/v1/adapters/*");
    await page.getByRole("button", { name: "Less of Lora 08" }).click();
    await patched;
    await page.locator(".prompt").getByText("<lora:lora_08:0.95> <lora:lora_03:1>").waitFor();
    await page.reload();
    assert.deepEqual(await names.allInnerTexts(), ["Lora 08", "Lora 03"]);
    await page.locator(".prompt").getByText("<lora:lora_08:0.95>").waitFor();
  });

  await t.step("finds pages and LoRAs from everywhere with Ctrl K", async () => {
    await using visit = await open();
    const { page } = visit;
    await visit.goto("/settings");
    await page.keyboard.press("Control+k");
    await page.keyboard.type("lora 42");
    await page.getByRole("option", { name: "Lora 42" }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/adapters/*");
    await page.getByRole("heading", { level: 1, name: "Lora 42" }).waitFor();
  });

  await t.step("narrows to what fits a checkpoint", async () => {
    await using visit = await open();
    await visit.goto("/");
    await visit.page.getByLabel("Fits").selectOption("SD 1.5");
    await visit.page.waitForURL("**/?compatible_with=SD+1.5");
    await visit.page.locator(".results-title").getByText("24 LoRAs").waitFor();
  });

  await t.step("shows what was seen before when the server is away", async () => {
    await using visit = await open({ serviceWorkers: "allow" });
    const { page } = visit;
    await visit.goto("/");
    await page.evaluate(() => navigator.serviceWorker.ready);
    await visit.goto("/?tag=neon");
    await page.context().setOffline(true);
    await page.reload();
    await page.locator(".results-title").getByText("18 LoRAs").waitFor();
    await page.getByText("Offline").waitFor();
    visit.expectComplaints(/ERR_INTERNET_DISCONNECTED|Failed to fetch/);
  });

  await t.step("does all of it without scripts", async () => {
    await using visit = await open({ javaScriptEnabled: false });
    const { page } = visit;
    await visit.goto("/?tag=neon");
    await page.getByRole("button", { name: "Favourite Lora 04" }).click({ force: true });
    assert.equal(new URL(page.url()).search, "?tag=neon");
    const heart = page.getByRole("button", { name: "Favourite Lora 04" });
    assert.equal(await heart.getAttribute("aria-pressed"), "true");
    await page.getByLabel("Select Lora 04").check({ force: true });
    await page.getByLabel("Select Lora 12").check({ force: true });
    await page.locator("summary").getByText("Tag", { exact: true }).click();
    await page.getByLabel("Tags, separated by commas").fill("picked");
    await page.getByRole("button", { name: "Add tags" }).click();
    await visit.goto("/?tag=picked");
    await page.locator(".results-title").getByText("2 LoRAs").waitFor();
    await visit.goto("/");
    await page.getByRole("link", { name: "Load more" }).click();
    await page.getByText(`Lora ${E2E_ADAPTERS}`, { exact: true }).waitFor();
    await page.getByLabel("Select Lora 70").check({ force: true });
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    await page.getByRole("heading", { name: "Delete 1 record?" }).waitFor();
    await page.getByRole("button", { name: "Delete 1 record" }).click();
    await visit.goto("/");
    await page.locator(".results-title").getByText(`${VISIBLE - 1} LoRAs`).waitFor();
  });
});
