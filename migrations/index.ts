import type { Migration } from "kysely/migration";
import * as catalog from "./0001_catalog.ts";
import * as jobs from "./0002_jobs.ts";
import * as access from "./0003_access.ts";
import * as stems from "./0004_stems.ts";

/** Every migration by name, in order. A list in code rather than a folder read at run time, so that it survives bundling. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  "0001_catalog": catalog,
  "0002_jobs": jobs,
  "0003_access": access,
  "0004_stems": stems,
};
