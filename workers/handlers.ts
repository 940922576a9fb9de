import type { Importer } from "@/lib/importer/service.ts";
import { defineHandlers, type Handlers } from "@/lib/jobs/handlers.ts";
import { JOB_KINDS } from "@/lib/jobs/kinds.ts";
import type { Previews } from "@/lib/previews/service.ts";
import { hashHandlers } from "./hash.ts";
import { importHandlers } from "./import.ts";
import { previewHandlers } from "./preview.ts";
import { verifyHandlers } from "./verify.ts";

/** @throws {Error} If a kind of job has no handler, or two. */
export const createHandlers = (
  { importer, previews }: { importer: Importer; previews: Previews },
): Handlers =>
  defineHandlers([
    importHandlers(importer),
    hashHandlers(importer),
    verifyHandlers(importer),
    previewHandlers(previews),
  ], JOB_KINDS);
