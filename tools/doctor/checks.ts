import { ENVIRONMENT_NAMES } from "@/lib/config.ts";
import { checkDatabase } from "./database.ts";
import { checkDataDir } from "./data_dir.ts";
import type { Check } from "./finding.ts";
import { checkLibrary } from "./library.ts";
import { checkNetwork } from "./network.ts";
import { checkBuild, checkSharp, checkTestTools } from "./parts.ts";

const TESTED_DENO = "2.9.6";

const checkDeno: Check = () => {
  const [major, minor] = Deno.version.deno.split(".").map(Number);
  const [testedMajor, testedMinor] = TESTED_DENO.split(".").map(Number);
  const isOld = major! < testedMajor! || (major === testedMajor && minor! < testedMinor!);
  return Promise.resolve([
    isOld
      ? {
        level: "fail",
        what: `Deno ${Deno.version.deno} is older than ${TESTED_DENO}`,
        mend: "deno upgrade",
      }
      : { level: "ok", what: `Deno ${Deno.version.deno}` },
  ]);
};

const checkNames: Check = () => {
  const unknown = Object.keys(Deno.env.toObject())
    .filter((name) => name.startsWith("LM_") && !ENVIRONMENT_NAMES.includes(name));
  return Promise.resolve(unknown.map((name) => ({
    level: "warn",
    what: `${name} is set, and nothing reads it`,
    mend: "See .env.example for the names there are",
  })));
};

export const CHECKS: readonly Check[] = [
  checkDeno,
  checkNames,
  checkDataDir,
  checkDatabase,
  checkLibrary,
  checkNetwork,
  checkBuild,
  checkSharp,
  checkTestTools,
];
