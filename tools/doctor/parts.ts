import type { Check, Finding } from "./finding.ts";

export const checkBuild: Check = async () => {
  const built = await Deno.stat("_fresh/server.js").catch(() => null);
  return [
    built
      ? { level: "ok", what: `Built ${built.mtime?.toISOString() ?? ""}`.trim() }
      : { level: "ok", what: "Not built yet; deno task start builds" },
  ];
};

/** Pictures are made by a native module that a wrong platform or a missing permission keeps from loading. */
export const checkSharp: Check = async () => {
  try {
    const { default: sharp } = await import("sharp");
    const pixel = { create: { width: 1, height: 1, channels: 3 as const, background: "#000" } };
    await sharp(pixel).webp().toBuffer();
    return [{ level: "ok", what: `sharp ${sharp.versions.sharp} makes thumbnails` }];
  } catch (error) {
    return [{
      level: "fail",
      what: `sharp does not work: ${error instanceof Error ? error.message : error}`,
      mend: "Delete node_modules and run deno install --frozen",
    }];
  }
};

const TEST_TOOLS = [
  {
    name: "chromium",
    args: ["--version"],
    mend: "apt-get install chromium, for the browser tests",
  },
  {
    name: "postgres",
    args: ["--version"],
    paths: ["/usr/lib/postgresql/15/bin/postgres", "/usr/lib/postgresql/17/bin/postgres"],
    mend: "apt-get install postgresql, for the database tests",
  },
];

/** Only who works on the application needs these. */
export const checkTestTools: Check = () =>
  Promise.all(TEST_TOOLS.map(async ({ name, args, paths = [], mend }): Promise<Finding> => {
    for (const path of paths) {
      if (await Deno.stat(path).catch(() => null)) {
        return { level: "ok", what: `${name} at ${path}` };
      }
    }
    try {
      const { success } = await new Deno.Command(name, { args, stdout: "null", stderr: "null" })
        .output();
      if (success) return { level: "ok", what: `${name} is installed` };
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
    return {
      level: "warn",
      what: `${name} is not installed; the tests that need it are skipped`,
      mend,
    };
  }));
