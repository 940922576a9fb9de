import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const EXECUTABLE = [
  Deno.env.get("CHROMIUM"),
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
].find((path) => path && existsSync(path));
if (!EXECUTABLE && Deno.env.get("CI") === "true") {
  throw new Error("Chromium is not installed, and CI must not skip its tests");
}
const AXE = fileURLToPath(import.meta.resolve("axe-core/axe.min.js"));
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

interface AxeViolation {
  id: string;
  nodes: { target: string[]; failureSummary?: string }[];
}

/** A test in Chromium; skipped, saying so, where none is installed. `CHROMIUM` names another one. */
export function browserTest(name: string, fn: (t: Deno.TestContext) => Promise<void>): void {
  const skipped = EXECUTABLE ? "" : " (skipped: Chromium is not installed)";
  Deno.test({ name: name + skipped, ignore: !EXECUTABLE, fn });
}

/** Chromium for a test file; `await using` closes it. */
export class TestBrowser implements AsyncDisposable {
  readonly #browser: Browser;

  private constructor(browser: Browser) {
    this.#browser = browser;
  }

  static async launch(): Promise<TestBrowser> {
    return new TestBrowser(await chromium.launch({ executablePath: EXECUTABLE, args: FLAGS }));
  }

  /** A fresh profile with one page in it. */
  async open(origin: string, options: BrowserContextOptions = {}): Promise<Visit> {
    const context = await this.#browser.newContext({
      viewport: { width: 1280, height: 900 },
      reducedMotion: "reduce",
      // It would answer behind the back of what a test intercepts.
      serviceWorkers: "block",
      baseURL: origin,
      ...options,
    });
    context.setDefaultTimeout(10_000);
    return new Visit(await context.newPage());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close();
  }
}

/** One page of one profile. When it is disposed of, anything that was written to the console is a failure. */
export class Visit implements AsyncDisposable {
  readonly page: Page;
  readonly #complaints: string[] = [];

  constructor(page: Page) {
    this.page = page;
    // Chromium reports violations of the Content-Security-Policy here too.
    page.on("console", (message) => {
      const isOurs = ["error", "warning"].includes(message.type()) &&
        !message.text().includes("blocked by Playwright");
      if (isOurs) this.#complaints.push(message.text());
    });
    page.on("dialog", async (dialog) => {
      this.#complaints.push(`dialog: ${dialog.message()}`);
      await dialog.dismiss();
    });
    page.on("pageerror", (error) => this.#complaints.push(error.stack ?? error.message));
    page.on("response", (response) => {
      if (response.status() >= 500) {
        this.#complaints.push(`${response.status()} ${response.url()}`);
      }
    });
  }

  /** Forgets complaints that the test provoked, checking that they are what it expected. */
  expectComplaints(pattern: RegExp): void {
    const others = this.#complaints.filter((text) => !pattern.test(text));
    assert.deepEqual(others, []);
    this.#complaints.length = 0;
  }

  /** Opens a path and waits until its islands are alive and its pictures are there. */
  async goto(path: string): Promise<void> {
    await this.page.goto(path, { waitUntil: "networkidle" });
  }

  /** @throws {AssertionError} Naming each broken rule of WCAG 2.2 AA with the elements that break it. */
  async assertAccessible(): Promise<void> {
    // Evaluated by the debugger and not added to the page, whose policy forbids that.
    await this.page.evaluate(await Deno.readTextFile(AXE));
    const violations = await this.page.evaluate(async (rules) => {
      const { axe } = globalThis as unknown as {
        axe: { run(options: unknown): Promise<{ violations: AxeViolation[] }> };
      };
      return (await axe.run({ runOnly: rules })).violations;
    }, RULES);
    assert.deepEqual(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" "))}`),
      [],
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.page.context().close();
    assert.deepEqual(this.#complaints, []);
  }
}
