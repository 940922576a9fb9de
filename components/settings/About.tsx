import type { ComponentHealth, SystemStatus } from "@/lib/health/schema.ts";
import { formatCount, formatDuration } from "@/lib/shared/format.ts";
import { Panel } from "../Panel.tsx";

const DATABASES: Record<SystemStatus["database"], string> = {
  pglite: "PGlite, embedded in this process",
  postgres: "PostgreSQL server",
};

const BADGES: Record<ComponentHealth["status"], string> = {
  ok: "badge badge-ok",
  degraded: "badge badge-warn",
  down: "badge badge-danger",
};

interface AboutProps {
  status: SystemStatus;
  /** Null for those who need not know where this machine keeps things. */
  dataDir: string | null;
}

/** What runs here and how it is: what a bug report needs. */
export function About({ status, dataDir }: AboutProps) {
  const jobs = Object.entries(status.jobs);
  return (
    <Panel
      id="about"
      title="About this server"
      actions={<a class="btn btn-small" href="/api/v1/system/status">As JSON</a>}
    >
      <dl class="facts part-body">
        <dt>Version</dt>
        <dd class="num">{status.version}</dd>
        <dt>Running for</dt>
        <dd class="num">{formatDuration(status.uptime_s * 1000)}</dd>
        <dt>Database</dt>
        <dd>{DATABASES[status.database]}</dd>
        {dataDir !== null && (
          <>
            <dt>Data folder</dt>
            <dd>
              <code>{dataDir}</code>
            </dd>
          </>
        )}
        <dt>LoRAs</dt>
        <dd class="num">{formatCount(status.adapters)}</dd>
        <dt>Jobs</dt>
        <dd class="num">
          {jobs.length === 0
            ? "none yet"
            : jobs.map(([name, count]) => `${formatCount(count)} ${name}`).join(", ")}
        </dd>
      </dl>
      <ul class="rows">
        {status.components.map(({ name, status, detail, duration_ms }) => (
          <li key={name} class="row">
            <span class={BADGES[status]}>{status}</span>
            <span class="row-main">
              {name}
              {detail && <small>{detail}</small>}
            </span>
            <span class="num text-faint text-xs">{formatDuration(duration_ms)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
