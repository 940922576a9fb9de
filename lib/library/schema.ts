import { z } from "zod";

export const AddRoot = z.object({
  /** Absolute path of a folder the server can read. */
  path: z.string().trim().min(1).max(4096),
  label: z.string().trim().max(200).optional(),
}).strict().meta({ id: "AddRoot" });

/** A folder the server may read, as the API and the pages show it. */
export interface LibraryRoot {
  id: string;
  /** Absolute, without links at the time it was added. */
  path: string;
  label: string;
  created_at: string;
  last_scan_at: string | null;
  /** Model files and lone sidecars the last scan saw. */
  last_scan_files: number | null;
  /** False while the drive is absent; its records stay as they are. */
  available: boolean;
  /** Why it is not available, else null. */
  problem: string | null;
  adapters: number;
  missing: number;
}
