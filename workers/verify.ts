import type { Importer } from "@/lib/importer/service.ts";
import type { HandlerMap } from "@/lib/jobs/handlers.ts";

/** Beside the sweep: somebody is waiting for this one file. */
export const verifyHandlers = (importer: Importer): HandlerMap => ({
  verify: {
    queue: "verify",
    concurrency: 1,
    handler: (job, context) => importer.runVerify(job, context),
  },
});
