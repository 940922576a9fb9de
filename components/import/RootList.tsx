import type { LibraryRoot } from "@/lib/library/schema.ts";
import { formatCount, plural } from "@/lib/shared/format.ts";
import { ConfirmButton } from "../ConfirmButton.tsx";
import { EmptyState } from "../EmptyState.tsx";
import { Icon } from "../Icon.tsx";
import { Time } from "../Time.tsx";

interface RootListProps {
  roots: readonly LibraryRoot[];
  mayImport: boolean;
  /** True if the viewer may add and remove folders. */
  mayManage: boolean;
}

/** The folders of the library, and how they are. */
export function RootList({ roots, mayImport, mayManage }: RootListProps) {
  if (roots.length === 0) {
    return (
      <EmptyState icon="folder-open" title="No folder yet">
        Add the folder that holds your .safetensors files. Everything below it is read, and nothing
        in it is ever changed.
      </EmptyState>
    );
  }
  return (
    <ul class="rows">
      {roots.map((root) => (
        <li key={root.id} class="row">
          <Icon
            name={root.available ? "folder" : "hard-drive"}
            class={root.available ? "text-muted" : "text-warn"}
          />
          <div class="row-main">
            <span class="font-strong">{root.label || nameOf(root.path)}</span>
            <small>
              <code>{root.path}</code>
            </small>
            {root.available
              ? (
                <small>
                  {plural(root.adapters, "LoRA")}
                  {root.missing > 0 && `, ${formatCount(root.missing)} missing`}
                  {" · "}
                  {root.last_scan_at
                    ? (
                      <>
                        scanned <Time at={root.last_scan_at} />
                      </>
                    )
                    : "never scanned"}
                </small>
              )
              : <small class="text-warn!">{root.problem}. Its records are kept.</small>}
          </div>
          {!root.available && <span class="badge badge-warn">not available</span>}
          {mayImport && (
            <form method="post" action="/import">
              <input type="hidden" name="root" value={root.path} />
              <button
                type="submit"
                class="btn btn-small"
                aria-label={`Import ${root.path}`}
                disabled={!root.available}
              >
                <Icon name="refresh-cw" />
                Import
              </button>
            </form>
          )}
          {mayManage && (
            <ConfirmButton
              id={`remove-${root.id}`}
              label="Remove"
              name={`Remove ${root.path}`}
              class="btn btn-small btn-quiet-danger"
              title="Remove this folder?"
              verb="Remove the folder"
              action="/import/roots"
              fields={{ intent: "remove", id: root.id }}
            >
              LoRA Manager stops reading{" "}
              <code>{root.path}</code>. No file is touched, and the records with everything you set
              are kept: they are back when the folder is added again.
            </ConfirmButton>
          )}
        </li>
      ))}
    </ul>
  );
}

const nameOf = (path: string): string => path.split(/[/\\]/).filter(Boolean).at(-1) ?? path;
