import type { Importer } from "@/lib/importer/service.ts";
import type { HandlerMap } from "@/lib/jobs/handlers.ts";

/** One import at a time for each process: two would only wait for the same disk. */
export const importHandlers = (importer: Importer): HandlerMap => ({
  import: {
    queue: "import",
    concurrency: 1,
    handler: (job, context) => importer.runImport(job, context),
  },
});
