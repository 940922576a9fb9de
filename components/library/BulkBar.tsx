import type { ComponentChildren } from "preact";
import { formatCount } from "@/lib/shared/format.ts";
import { Icon } from "../Icon.tsx";

interface BulkBarProps {
  /** How many are ticked; null where scripts are off and nobody counts. */
  count: number | null;
  collections: { id: string; name: string }[];
  /** Select all and clear: only where scripts run. */
  extra?: ComponentChildren;
}

/** What can be done with the ticked cards: submit buttons of the form around the results. */
export function BulkBar({ count, collections, extra }: BulkBarProps) {
  return (
    <div
      class={count === null ? "bulk bulk-quiet" : "bulk"}
      role="toolbar"
      aria-label="Actions on the selection"
    >
      <span class="bulk-count num" role="status">
        {count === null ? "Selected" : `${formatCount(count)} selected`}
      </span>
      {extra}
      <button type="submit" class="btn btn-small" name="action" value="activate">
        <Icon name="plus" />
        <span class="max-sm:sr-only">Activate</span>
      </button>
      <button type="submit" class="btn btn-small" name="action" value="deactivate">
        <Icon name="minus" />
        <span class="max-sm:sr-only">Deactivate</span>
      </button>
      <BulkMenu label="Tag" icon="tags">
        <input
          class="input"
          name="bulk_tags"
          aria-label="Tags, separated by commas"
          placeholder="rain, neon"
        />
        <div class="flex gap-1.5">
          <button type="submit" class="btn btn-small" name="action" value="tag">Add tags</button>
          <button type="submit" class="btn btn-small" name="action" value="untag">Remove</button>
        </div>
      </BulkMenu>
      <BulkMenu label="Weight" icon="weight">
        <input
          class="input num"
          type="number"
          name="bulk_weight"
          step="0.05"
          min="-10"
          max="10"
          defaultValue="1"
          aria-label="Weight"
        />
        <button type="submit" class="btn btn-small" name="action" value="weight">Set weight</button>
      </BulkMenu>
      {collections.length > 0 && (
        <BulkMenu label="Collect" icon="folder-plus">
          <select class="input select" name="bulk_collection" aria-label="Collection">
            {collections.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
          </select>
          <div class="flex gap-1.5">
            <button type="submit" class="btn btn-small" name="action" value="collect">Add</button>
            <button type="submit" class="btn btn-small" name="action" value="uncollect">
              Remove
            </button>
          </div>
        </BulkMenu>
      )}
      <button type="submit" class="btn btn-small" name="action" value="export">
        <Icon name="download" />
        <span class="max-sm:sr-only">Export</span>
      </button>
      <button type="submit" class="btn btn-small btn-quiet-danger" name="action" value="delete">
        <Icon name="trash-2" />
        <span class="max-sm:sr-only">Delete</span>
      </button>
    </div>
  );
}

interface BulkMenuProps {
  label: string;
  icon: "tags" | "weight" | "folder-plus";
  children: ComponentChildren;
}

function BulkMenu({ label, icon, children }: BulkMenuProps) {
  return (
    <details class="menu">
      <summary class="btn btn-small">
        <Icon name={icon} />
        <span class="max-sm:sr-only">{label}</span>
      </summary>
      <div class="menu-items bulk-menu">{children}</div>
    </details>
  );
}
