import type { Importer } from "@/lib/importer/service.ts";
import type { HandlerMap } from "@/lib/jobs/handlers.ts";

/** One sweep at a time: reading two files at once makes a spinning disk slower. */
export const hashHandlers = (importer: Importer): HandlerMap => ({
  hash: {
    queue: "hash",
    concurrency: 1,
    handler: (job, context) => importer.runHash(job, context),
  },
});
