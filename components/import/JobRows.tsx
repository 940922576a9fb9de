import { formatCount } from "@/lib/shared/format.ts";
import { isOver, type JobRow } from "@/lib/shared/import_view.ts";
import { progressLine } from "@/lib/shared/job_progress.ts";
import { ProgressBar } from "../ProgressBar.tsx";
import { Time } from "../Time.tsx";
import { kindLabel, STATUS_BADGE, STATUS_LABEL } from "./labels.ts";

/** Jobs one under the other, each with how far it is or what came of it. */
export function JobRows({ jobs, label }: { jobs: readonly JobRow[]; label: string }) {
  return (
    <ul class="rows" aria-label={label}>
      {jobs.map((job) => <Row key={job.id} job={job} />)}
    </ul>
  );
}

function Row({ job }: { job: JobRow }) {
  const { id, kind, status, about, dryRun, finishedAt, createdAt } = job;
  const title = dryRun ? "Dry run" : kindLabel(kind);
  return (
    <li class="row">
      <div class="row-main">
        {kind === "import"
          ? <a class="row-link" href={`/import/${id}`}>{title}</a>
          : <span class="font-strong">{title}</span>}
        {about && (
          <small>
            <code>{about}</code>
          </small>
        )}
        {isOver(status) ? <Outcome job={job} /> : <Progress job={job} />}
      </div>
      <small class="text-faint">
        <Time at={finishedAt ?? createdAt} />
      </small>
      <span class={STATUS_BADGE[status]}>{STATUS_LABEL[status]}</span>
    </li>
  );
}

function Outcome({ job: { counts, fault } }: { job: JobRow }) {
  if (fault !== null) return <small class="text-danger!">{fault}</small>;
  if (counts === null) return null;
  const parts = [
    [counts.created, "new"],
    [counts.updated, "updated"],
    [counts.missing, "missing"],
    [counts.failed, "failed"],
  ] as const;
  const said = parts.filter(([count]) => count > 0)
    .map(([count, what]) => `${formatCount(count)} ${what}`);
  return <small class="num">{said.length > 0 ? said.join(", ") : "nothing new"}</small>;
}

function Progress({ job: { kind, progress, status, fault } }: { job: JobRow }) {
  if (status === "pending") {
    return (
      <small>{fault === null ? "Starts when its turn comes" : `Tried again after: ${fault}`}</small>
    );
  }
  const { share, done, rate, left, path } = progressLine(progress);
  return (
    <>
      <ProgressBar share={share} label={kindLabel(kind)} />
      <small class="num">
        {[done, rate, left].filter(Boolean).join(" · ")}
        {path && (
          <>
            {" · "}
            <code>{path}</code>
          </>
        )}
      </small>
    </>
  );
}
