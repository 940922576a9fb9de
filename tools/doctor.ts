// deno-lint-ignore-file no-console -- a command line tool
import { loadConfig } from "@/lib/config.ts";
import { CHECKS } from "./doctor/checks.ts";
import type { Finding } from "./doctor/finding.ts";

const MARKS = { ok: "ok  ", warn: "warn", fail: "FAIL" } as const;

/** Says what is wrong with this installation and how to mend it. */
async function examine(): Promise<Finding[]> {
  let config;
  try {
    config = loadConfig();
  } catch (error) {
    return [{
      level: "fail",
      what: error instanceof Error ? error.message : String(error),
      mend: "Correct the environment or .env; .env.example explains each variable",
    }];
  }
  const findings: Finding[] = [];
  for (const check of CHECKS) {
    try {
      findings.push(...await check(config));
    } catch (error) {
      findings.push({
        level: "fail",
        what: error instanceof Error ? error.message : String(error),
      });
    }
  }
  return findings;
}

if (import.meta.main) {
  const findings = await examine();
  for (const { level, what, mend } of findings) {
    console.log(`${MARKS[level]}  ${what}${mend ? `\n      → ${mend}` : ""}`);
  }
  const failures = findings.filter(({ level }) => level === "fail").length;
  const warnings = findings.filter(({ level }) => level === "warn").length;
  console.log(`\n${failures} failures, ${warnings} warnings`);
  Deno.exit(failures > 0 ? 1 : 0);
}
