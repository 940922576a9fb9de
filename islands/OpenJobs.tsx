import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { JobRows } from "@/components/import/JobRows.tsx";
import { isOver, type JobRow } from "@/lib/shared/import_view.ts";
import { type JobNews, onJobNews } from "@/browser/job_events.ts";

/** What runs and waits, kept current. Jobs that end stay until the page is left, with what came of them. */
export default function OpenJobs({ jobs }: { jobs: JobRow[] }) {
  const rows = useSignal<readonly JobRow[]>(jobs);
  useEffect(() => {
    if (jobs.length === 0) return;
    return onJobNews((news) => rows.value = told(rows.value, news));
  }, []);
  return <JobRows jobs={rows.value} label="Running and waiting" />;
}

function told(rows: readonly JobRow[], { job_id, kind, status, progress }: JobNews) {
  if (!rows.some(({ id }) => id === job_id)) {
    if (status !== "running") return rows;
    return [{ ...EMPTY, id: job_id, kind, status, createdAt: new Date().toISOString() }, ...rows];
  }
  return rows.map((row) => {
    if (row.id !== job_id) return row;
    const next = status ?? row.status;
    return {
      ...row,
      status: next,
      progress: progress ?? row.progress,
      counts: progress && row.counts ? { ...row.counts, ...countsIn(progress) } : row.counts,
      finishedAt: isOver(next) ? new Date().toISOString() : null,
    };
  });
}

const EMPTY = {
  about: "",
  dryRun: false,
  progress: {},
  counts: null,
  finishedAt: null,
  fault: null,
};

function countsIn(progress: Record<string, unknown>): Record<string, number> {
  const names = ["created", "updated", "missing", "failed"];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = progress[name];
      return typeof value === "number" ? [[name, value]] : [];
    }),
  );
}
