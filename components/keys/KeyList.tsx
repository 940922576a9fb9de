import type { KeyView } from "@/lib/access/schema.ts";
import { ConfirmButton } from "../ConfirmButton.tsx";
import { EmptyState } from "../EmptyState.tsx";
import { Time } from "../Time.tsx";

/** The keys there are; ended ones stay listed, because logs may speak of them. */
export function KeyList({ keys, ownId }: { keys: readonly KeyView[]; ownId: string | null }) {
  if (keys.length === 0) {
    return (
      <EmptyState icon="key-round" title="No keys yet">
        Make one before other machines may reach this server, or for a script that calls the API.
      </EmptyState>
    );
  }
  const order = keys.toSorted((a, b) => Number(isOver(a)) - Number(isOver(b)));
  return (
    <ul class="rows">
      {order.map((key) => <KeyRow key={key.id} record={key} isOwn={key.id === ownId} />)}
    </ul>
  );
}

const isOver = ({ revoked_at, expires_at }: KeyView): boolean =>
  revoked_at !== null || (expires_at !== null && Date.parse(expires_at) <= Date.now());

function KeyRow({ record, isOwn }: { record: KeyView; isOwn: boolean }) {
  const { id, name, role, prefix, source, created_at, expires_at, last_used_at, revoked_at } =
    record;
  const over = isOver(record);
  return (
    <li class="row">
      <div class="row-main">
        <span class={over ? "text-muted line-through" : "font-strong"}>{name}</span>
        <small>
          {prefix && (
            <>
              <code>{prefix}…</code> ·{" "}
            </>
          )}
          made <Time at={created_at} /> · {last_used_at
            ? (
              <>
                used <Time at={last_used_at} />
              </>
            )
            : "never used"}
          {expires_at && !revoked_at && (
            <>
              {" · "}
              {over ? "expired" : "expires"} <Time at={expires_at} />
            </>
          )}
        </small>
      </div>
      {isOwn && <span class="badge badge-info">this browser</span>}
      <span class={role === "admin" ? "badge badge-accent" : "badge"}>{role}</span>
      {revoked_at
        ? (
          <span class="badge badge-danger">
            revoked&nbsp;<Time at={revoked_at} />
          </span>
        )
        : source === "environment"
        ? <span class="badge">set in LM_API_KEYS</span>
        : !over && (
          <ConfirmButton
            id={`revoke-${id}`}
            label="Revoke"
            name={`Revoke ${name}`}
            class="btn btn-small btn-quiet-danger"
            title={`Revoke “${name}”?`}
            verb="Revoke"
            fields={{ intent: "revoke", id }}
          >
            {isOwn
              ? "This browser signed in with it and will be signed out. "
              : "Whoever uses it is shut out at once, and signed out of browsers. "}
            It cannot be brought back; make a new one instead.
          </ConfirmButton>
        )}
    </li>
  );
}
