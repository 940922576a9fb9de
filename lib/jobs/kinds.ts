/**
 * Every kind of job and the queue it waits in. A kind listed here must have a handler or the server does not start;
 * one that is not listed cannot be added.
 */
export const JOB_KINDS = {
  import: "import",
  hash: "hash",
  verify: "verify",
  preview: "preview",
} as const satisfies JobKinds;

export type JobKinds = Readonly<Record<string, string>>;
