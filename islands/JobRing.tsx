import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { plural } from "@/lib/shared/format.ts";
import { watchJobs } from "@/browser/job_watch.ts";
import { libraryOnPage } from "@/browser/library.ts";

/** A job as the ring shows it. */
export interface RunningJob {
  id: string;
  /** 0 to 1; null while its size is unknown. */
  share: number | null;
}

const RADIUS = 8;
const LENGTH = 2 * Math.PI * RADIUS;

/**
 * What runs in the background, at the foot of the rail. It listens only while something runs: browsers allow six
 * connections to a server, and every tab would hold one.
 */
export default function JobRing({ jobs }: { jobs: RunningJob[] }) {
  const running = useSignal<readonly RunningJob[]>(jobs);
  useEffect(() => {
    if (jobs.length === 0) return;
    return watchJobs(running, () => void libraryOnPage.peek()?.refresh());
  }, []);

  const { value } = running;
  if (value.length === 0) return null;
  const shares = value.map(({ share }) => share).filter((share) => share !== null);
  const share = shares.length === 0
    ? null
    : shares.reduce((sum, each) => sum + each, 0) / shares.length;
  const percent = share === null ? null : Math.floor(share * 100);
  return (
    <a
      class="rail-link"
      href="/import"
      aria-label={`${plural(value.length, "job")} running${
        percent === null ? "" : `, ${percent} %`
      }`}
    >
      <svg
        class={share === null ? "progress-ring progress-ring-unknown" : "progress-ring"}
        viewBox="0 0 20 20"
        aria-hidden="true"
      >
        <circle cx="10" cy="10" r={RADIUS} />
        <circle
          cx="10"
          cy="10"
          r={RADIUS}
          stroke-dasharray={LENGTH}
          stroke-dashoffset={LENGTH * (1 - (share ?? 0.25))}
        />
      </svg>
      <span class="num">{percent === null ? plural(value.length, "job") : `${percent} %`}</span>
    </a>
  );
}
