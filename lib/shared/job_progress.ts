import { formatBytes, formatCount, formatDuration } from "./format.ts";
import { shareDone } from "./job_share.ts";

/** What a job's progress says in words. */
export interface ProgressLine {
  /** 0 to 1; null while nobody knows how much there is. */
  share: number | null;
  /** "1,204 of 10,000 files"; empty before the first news. */
  done: string;
  /** "310 files/s" */
  rate: string | null;
  /** "2 min 5 s left" */
  left: string | null;
  /** The file in hand. */
  path: string | null;
}

/** @param progress As the job reported it last; anything may be absent. */
export function progressLine(progress: Readonly<Record<string, unknown>>): ProgressLine {
  const number = (name: string): number | null =>
    typeof progress[name] === "number" ? progress[name] : null;
  const share = shareDone(progress);
  const left = number("eta_s");
  const path = typeof progress.path === "string" ? progress.path : null;
  return {
    share,
    ...(number("total_bytes") === null ? counted(progress, number) : weighed(number)),
    left: left === null || left === 0 ? null : `${formatDuration(left * 1000)} left`,
    path,
  };
}

type Read = (name: string) => number | null;

function weighed(number: Read): Pick<ProgressLine, "done" | "rate"> {
  const rate = number("bytes_per_s");
  return {
    done: `${formatBytes(number("bytes"))} of ${formatBytes(number("total_bytes"))}`,
    rate: rate === null ? null : `${formatBytes(rate)}/s`,
  };
}

function counted(
  progress: Readonly<Record<string, unknown>>,
  number: Read,
): Pick<ProgressLine, "done" | "rate"> {
  const unit = progress.phase === "previews" ? "pictures" : "files";
  const done = number("scanned") ?? number("done");
  const total = number("total");
  const rate = number("rate_per_s");
  if (done === null) return { done: "", rate: null };
  return {
    done: total === null
      ? `${formatCount(done)} ${unit}`
      : `${formatCount(done)} of ${formatCount(total)} ${unit}`,
    rate: rate === null ? null : `${formatCount(rate)} ${unit}/s`,
  };
}
