import { adapterOperations } from "./adapters.ts";
import { collectionOperations } from "./collections.ts";
import { composeOperations } from "./compose.ts";
import { importOperations } from "./imports.ts";
import { jobOperations } from "./jobs.ts";
import { keyOperations } from "./keys.ts";
import type { Operation } from "./operation.ts";
import { systemOperations } from "./system.ts";

/** Every operation of the API; a test holds this list against the route files. */
export const OPERATIONS: readonly Operation[] = [
  ...adapterOperations,
  ...collectionOperations,
  ...composeOperations,
  ...importOperations,
  ...jobOperations,
  ...keyOperations,
  ...systemOperations,
];
