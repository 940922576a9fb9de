import { join } from "node:path";
import { statfs } from "node:fs/promises";
import { runningServer } from "@/lib/db/lock.ts";
import type { Check, Finding } from "./finding.ts";

const GIB = 1024 ** 3;

export const checkDataDir: Check = async ({ dataDir }) => {
  const probe = join(dataDir, `.doctor-${Deno.pid}`);
  try {
    await Deno.mkdir(dataDir, { recursive: true });
    await Deno.writeTextFile(probe, "");
    await Deno.remove(probe);
  } catch (error) {
    return [{
      level: "fail",
      what: `Cannot write to the data folder ${dataDir}: ${
        error instanceof Error ? error.message : error
      }`,
      mend: "Give it to the user who runs the server, or set LM_DATA_DIR to another folder",
    }];
  }
  const findings: Finding[] = [{ level: "ok", what: `Data folder ${dataDir} is writable` }];
  const { bavail, bsize } = await statfs(dataDir);
  const free = bavail * bsize;
  const amount = `${(free / GIB).toFixed(1)} GiB free in the data folder`;
  findings.push(
    free < GIB
      ? { level: "warn", what: amount, mend: "Thumbnails and the database need room to grow" }
      : { level: "ok", what: amount },
  );
  const holder = await runningServer(dataDir);
  if (holder) {
    findings.push({
      level: "ok",
      what: holder.address
        ? `A server is running at ${holder.address} (process ${holder.pid})`
        : `Process ${holder.pid} is using the data folder`,
    });
  }
  return findings;
};
