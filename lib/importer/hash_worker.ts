import { type FileHashes, hashFile } from "./hash_file.ts";
import { serveCalls } from "./worker_serve.ts";

export interface HashQuestion {
  root: string;
  relPath: string;
}

const REPORT_EVERY_BYTES = 32 << 20;

serveCalls<HashQuestion, FileHashes>(({ root, relPath }, progress) => {
  const steps = hashFile(root, relPath);
  let reported = 0;
  for (;;) {
    const next = steps.next();
    if (next.done) return next.value;
    if (next.value - reported >= REPORT_EVERY_BYTES) progress(reported = next.value);
  }
});
