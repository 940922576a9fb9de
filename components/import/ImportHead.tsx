import type { ImportView } from "@/lib/shared/import_view.ts";
import { isOver } from "@/lib/shared/import_view.ts";
import { formatCount, formatDuration, formatExact } from "@/lib/shared/format.ts";
import { progressLine } from "@/lib/shared/job_progress.ts";
import { Icon } from "../Icon.tsx";
import { Notice } from "../Notice.tsx";
import { PageHead } from "../PageHead.tsx";
import { ProgressBar } from "../ProgressBar.tsx";
import { COUNTS, STATUS_BADGE, STATUS_LABEL } from "./labels.ts";

interface ImportHeadProps {
  view: ImportView;
  mayWrite: boolean;
}

/** What an import is, how far it is and what it has found so far. */
export function ImportHead({ view, mayWrite }: ImportHeadProps) {
  const { status, request } = view;
  const over = isOver(status.status);
  const title = status.dry_run ? "Dry run" : "Import";
  return (
    <>
      <PageHead
        title={title}
        lead={
          <>
            <span class={STATUS_BADGE[status.status]} role="status">
              {STATUS_LABEL[status.status]}
            </span>{" "}
            {over ? `${formatDuration(status.report.duration_ms)}, ` : "started "}
            {formatExact(status.started_at ?? status.created_at)}
          </>
        }
        actions={
          <>
            <a class="btn" href="/import">
              <Icon name="arrow-left" />
              All imports
            </a>
            {!over && (
              <a class="btn unscripted" href={`/import/${status.job_id}`}>
                <Icon name="refresh-cw" />
                Reload
              </a>
            )}
            {!over && mayWrite && (
              <form method="post" action={`/import/${status.job_id}`}>
                <input type="hidden" name="intent" value="cancel" />
                <button type="submit" class="btn btn-quiet-danger">
                  <Icon name="ban" />
                  Cancel
                </button>
              </form>
            )}
            {over && status.dry_run && mayWrite && <ForReal view={view} />}
            {over && !status.dry_run && (
              <a class="btn btn-primary" href="/?sort=added&order=desc">
                <Icon name="library" />
                See what is new
              </a>
            )}
          </>
        }
      />
      <p class="import-about">
        {request.targets.map((path) => <code key={path}>{path}</code>)}
        {request.force && <span class="badge">read everything again</span>}
        {request.ignore.length > 0 && (
          <span class="badge" title={request.ignore.join("\n")}>
            {formatCount(request.ignore.length)} skip patterns
          </span>
        )}
      </p>
      {status.error && (
        <Notice kind={over ? "danger" : "warn"}>
          {over ? "The import ended early: " : "The import will be tried again after: "}
          {status.error.message}
        </Notice>
      )}
      {!over && <Running progress={status.progress} waiting={status.status === "pending"} />}
      <dl class="tiles">
        {COUNTS.map(({ name, label, planned }) => (
          <div key={name} class={status.counts[name] > 0 ? `tile tile-${name}` : "tile is-zero"}>
            <dt>{status.dry_run ? planned : label}</dt>
            <dd class="num">{formatCount(status.counts[name])}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** From what a dry run has shown to doing it. */
function ForReal({ view: { request, status } }: { view: ImportView }) {
  return request.isPlan
    ? (
      <form method="post" action="/import/roots">
        <input type="hidden" name="path" value={request.targets[0]} />
        <button type="submit" class="btn btn-primary" name="intent" value="add">
          <Icon name="folder-plus" />
          Add the folder and import
        </button>
      </form>
    )
    : (
      <form method="post" action={`/import/${status.job_id}`}>
        <button type="submit" class="btn btn-primary" name="intent" value="for real">
          <Icon name="import" />
          Import for real
        </button>
      </form>
    );
}

function Running({ progress, waiting }: { progress: Record<string, unknown>; waiting: boolean }) {
  const { share, done, rate, left } = progressLine(progress);
  return (
    <div class="grid gap-1.5">
      <ProgressBar share={share} label="Progress of the import" />
      <p class="num text-muted text-s">
        {waiting
          ? "Waits for its turn: another import runs"
          : [done || "Looking through the folders", rate, left].filter(Boolean).join(" · ")}
      </p>
    </div>
  );
}
