import type { HandlerMap } from "@/lib/jobs/handlers.ts";
import type { Previews } from "@/lib/previews/service.ts";

export const previewHandlers = (previews: Previews): HandlerMap => ({
  preview: {
    queue: "preview",
    concurrency: 1,
    handler: (job, context) => previews.runMeasure(job, context),
  },
});
