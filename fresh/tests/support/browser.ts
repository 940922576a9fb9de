import assert from "node:assert/strict";
import { chromium, type Page } from "playwright-core";

const CHROMIUM = "/usr/bin/chromium";

export const hasChromium: boolean = await Deno.stat(CHROMIUM).then(() => true, () => false);

if (!hasChromium && Deno.env.get("CI") === "true") {
  throw new Error("Chromium is not installed, and CI must not skip its tests");
}

/** A page of Chromium for the time of `use`; any error it reports, the policy's too, is a failure. */
export async function inBrowser(use: (page: Page) => Promise<void>): Promise<void> {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage();
    const problems: string[] = [];
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") problems.push(message.text());
    });
    await use(page);
    assert.deepEqual(problems, []);
  } finally {
    await browser.close();
  }
}

/** The fixture's home page works as it should with its islands alive. */
export async function checkIslands(page: Page, origin: string): Promise<void> {
  await page.goto(origin);
  const ids = () => page.locator("h2").evaluateAll((all) => all.map(({ id }) => id));
  const idsFromServer = await ids();
  const counters = page.locator("section > button");
  // The shared signal shows in both islands; it can only once both are alive.
  await page.waitForFunction(() => {
    const buttons = document.querySelectorAll<HTMLButtonElement>("section > button");
    buttons[0]!.click();
    return buttons[0]!.textContent !== "3" && buttons[0]!.textContent === buttons[1]!.textContent;
  });
  const before = Number(await counters.nth(1).textContent());
  await counters.nth(1).click();
  assert.equal(await counters.nth(0).textContent(), String(before + 1));
  assert.deepEqual(await ids(), idsFromServer);
  assert.equal(new Set(idsFromServer).size, 2);

  assert.equal(await page.locator("h2").nth(0).textContent(), "</script><script>alert(1)</script>");
  assert.equal(await page.locator("em").count(), 1);
  assert.equal(await page.locator("b").count(), 0);
  await page.locator(".toggle button").click();
  assert.equal(await page.locator(".toggle b").getAttribute("title"), "quoted");
  await page.locator(".toggle button").click();
  assert.equal(await page.locator("b").count(), 0);
}
