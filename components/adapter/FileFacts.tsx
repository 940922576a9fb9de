import type { ComponentChildren } from "preact";
import type { Adapter } from "@/lib/catalog/schema.ts";
import type { FileStatus } from "@/lib/db/schema.ts";
import { formatBytes, formatCount, formatExact } from "@/lib/shared/format.ts";
import { downloadsOf } from "@/lib/shared/adapter_panel.ts";
import { NSFW_LEVELS, nsfwRank } from "@/lib/shared/nsfw.ts";
import { Icon } from "../Icon.tsx";
import { Notice } from "../Notice.tsx";
import { Time } from "../Time.tsx";

const STATUS: Record<FileStatus, { badge: string; text: string; help: string | null }> = {
  present: { badge: "badge badge-ok", text: "present", help: null },
  missing: {
    badge: "badge badge-danger",
    text: "missing",
    help:
      "The file is not where it was. If its drive is away, plug it in; if the file was moved, import again.",
  },
  changed: {
    badge: "badge badge-warn",
    text: "changed",
    help: "The file is no longer the one that was hashed. Verify it to take over its new hashes.",
  },
  unreadable: {
    badge: "badge badge-danger",
    text: "unreadable",
    help: "The file is there but cannot be read. Check its permissions and the disk.",
  },
};

interface FileFactsProps {
  adapter: Adapter;
  mayWrite: boolean;
  /** True right after verification was asked for. */
  verifying: boolean;
}

/** What lies on disk, and what the catalog knows of it. */
export function FileFacts({ adapter, mayWrite, verifying }: FileFactsProps) {
  const status = STATUS[adapter.file_status];
  const level = NSFW_LEVELS.find((one) => one.level === nsfwRank(adapter.nsfw_level));
  const downloads = downloadsOf(adapter.stats);
  return (
    <section class="grid gap-3" aria-labelledby="file-title">
      <div class="section-head">
        <h2 id="file-title">File</h2>
        {mayWrite && (
          <form method="post">
            <button type="submit" class="btn btn-small" name="intent" value="verify">
              <Icon name="fingerprint" />
              Verify
            </button>
          </form>
        )}
      </div>
      {verifying && (
        <Notice>
          The file is being read and hashed again. Reload in a moment to see the outcome.
        </Notice>
      )}
      {status.help && <Notice kind="warn">{status.help}</Notice>}
      {adapter.file_format === "pickle" && (
        <Notice kind="warn">
          This is a pickle. Loading one can run code that it carries; it is catalogued without being
          opened.
        </Notice>
      )}
      <dl class="facts">
        <Fact name="Status">
          <span class={status.badge}>{status.text}</span>
        </Fact>
        <Fact name="Path">
          <span class="mono">{adapter.file_path}</span>
        </Fact>
        <Fact name="Size">
          <span class="num">{formatBytes(adapter.file_size)}</span> · {adapter.file_format}
        </Fact>
        {adapter.file_mtime && (
          <Fact name="Modified">
            <Time at={adapter.file_mtime} />
          </Fact>
        )}
        <Fact name="Added">
          <Time at={adapter.created_at} />
        </Fact>
        {adapter.published_at && (
          <Fact name="Published">
            <Time at={adapter.published_at} />
          </Fact>
        )}
        <Fact name="Content">{level?.label ?? "unrated"}</Fact>
        {downloads > 0 && <Fact name="Downloads">{formatCount(downloads)}</Fact>}
        {adapter.usage_count > 0 && (
          <Fact name="Used">
            {formatCount(adapter.usage_count)} ×
            {adapter.last_used_at && (
              <>
                , last <Time at={adapter.last_used_at} />
              </>
            )}
          </Fact>
        )}
        {adapter.civitai_model_id !== null && (
          <Fact name="Civitai">
            <a
              class="underline underline-offset-2"
              href={civitaiUrl(adapter.civitai_model_id, adapter.civitai_version_id)}
              rel="noopener noreferrer"
            >
              Model {adapter.civitai_model_id}
            </a>
          </Fact>
        )}
        {adapter.json_file_path && (
          <Fact name="Sidecar">
            <span
              class="mono"
              title={adapter.json_file_mtime ? formatExact(adapter.json_file_mtime) : undefined}
            >
              {adapter.json_file_path}
            </span>
          </Fact>
        )}
        {adapter.edited_fields.length > 0 && (
          <Fact name="Edited by you">
            {adapter.edited_fields.map((field) => field.replaceAll("_", " ")).join(", ")}
            <span class="field-hint block">Imports leave these alone.</span>
          </Fact>
        )}
      </dl>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function civitaiUrl(model: number, version: number | null): string {
  const base = `https://civitai.com/models/${model}`;
  return version === null ? base : `${base}?modelVersionId=${version}`;
}
