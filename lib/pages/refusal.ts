import { DomainError, Invalid } from "@/lib/errors.ts";
import { statusOf } from "@/lib/http/problem.ts";
import type { Faults } from "@/lib/shared/faults.ts";

export interface Refusal {
  status: number;
  faults: Faults;
}

/**
 * What a form shows again instead of an error page.
 *
 * @throws The error itself, if it is not one that a person could do something about.
 */
export function refusalOf(error: unknown): Refusal {
  if (!(error instanceof DomainError)) throw error;
  const status = statusOf(error);
  if (!(error instanceof Invalid)) return { status, faults: { "": error.message } };
  const faults: Record<string, string> = {};
  for (const { path, message } of error.issues) faults[path.split(".")[0]!] ??= message;
  return { status, faults };
}
