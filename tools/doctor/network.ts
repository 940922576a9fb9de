import { runningServer } from "@/lib/db/lock.ts";
import { isLoopback } from "@/lib/http/address.ts";
import type { Check, Finding } from "./finding.ts";

export const checkNetwork: Check = async ({ host, port, dataDir, apiKeys, allowAnonymous }) => {
  const findings: Finding[] = [];
  if (!isLoopback(host) && apiKeys.length === 0 && !allowAnonymous) {
    findings.push({
      level: "warn",
      what: `LM_HOST is ${host} and LM_API_KEYS is empty`,
      mend:
        "The server starts only if a key was made: deno task keys create --role admin --name me",
    });
  }
  const holder = await runningServer(dataDir);
  if (holder?.address?.endsWith(`:${port}`)) return findings;
  try {
    Deno.listen({ hostname: host, port }).close();
    findings.push({ level: "ok", what: `Port ${port} on ${host} is free` });
  } catch (error) {
    findings.push({
      level: "fail",
      what: `Cannot listen on ${host}:${port}: ${error instanceof Error ? error.message : error}`,
      mend: "Stop what uses the port, or set LM_PORT to another one",
    });
  }
  return findings;
};
