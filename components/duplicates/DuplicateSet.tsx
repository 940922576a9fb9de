import { type CardView, pictureUrl } from "@/lib/shared/card_view.ts";
import type { DuplicateItem, DuplicateSet as Group } from "@/lib/shared/duplicates_view.ts";
import { formatBytes, plural } from "@/lib/shared/format.ts";
import { nsfwRank } from "@/lib/shared/nsfw.ts";
import { ConfirmButton } from "../ConfirmButton.tsx";
import { Icon } from "../Icon.tsx";
import { Time } from "../Time.tsx";

export const REASONS: Record<Group["reason"], { filter: string; title: string }> = {
  sha256: { filter: "Same file", title: "The same bytes" },
  name_version: { filter: "Same name and version", title: "The same name and version" },
  stem: { filter: "Same file name", title: "The same file name" },
};

interface DuplicateSetProps {
  group: Group;
  /** Unique in the page. */
  id: string;
  mayWrite: boolean;
  blurFrom: number;
}

/** Records that seem to be the same, side by side; what they differ in stands out. */
export function DuplicateSet({ group, id, mayWrite, blurFrom }: DuplicateSetProps) {
  const { reason, value, items } = group;
  const differs = {
    size: differ(items, ({ card }) => card.size),
    sha256: differ(items, ({ sha256 }) => sha256),
    base: differ(items, ({ card }) => card.baseModel),
  };
  return (
    <article class="panel part" aria-labelledby={`${id}-title`}>
      <header class="part-head">
        <div>
          <h2 id={`${id}-title`} class="text-m!">
            {reason === "sha256" ? items[0]?.card.name : value}
          </h2>
          <p>
            {plural(items.length, "record")}: {REASONS[reason].title.toLowerCase()}
          </p>
        </div>
      </header>
      <ul class="twins">
        {items.map((item) => (
          <li key={item.card.id} class="twin">
            <Picture card={item.card} blurred={nsfwRank(item.card.nsfw) >= blurFrom} />
            <Facts item={item} differs={differs} />
            {mayWrite && (
              <Actions
                item={item}
                others={items.filter((other) => other !== item)}
                id={`${id}-${item.card.id}`}
              />
            )}
          </li>
        ))}
      </ul>
    </article>
  );
}

function Picture({ card, blurred }: { card: CardView; blurred: boolean }) {
  return (
    <a class="twin-picture" href={`/adapters/${card.id}`} tabIndex={-1} aria-hidden="true">
      <img
        class={`tint-${card.tint}${blurred ? " is-blurred" : ""}`}
        src={pictureUrl(card.id, card.picture, 256)}
        width={128}
        height={128}
        loading="lazy"
        decoding="async"
        alt=""
      />
    </a>
  );
}

interface FactsProps {
  item: DuplicateItem;
  differs: { size: boolean; sha256: boolean; base: boolean };
}

function Facts({ item: { card, path, changedAt, sha256, edited }, differs }: FactsProps) {
  const mark = (isDifferent: boolean) => isDifferent ? "is-different" : undefined;
  return (
    <div class="min-w-0">
      <p>
        <a class="row-link" href={`/adapters/${card.id}`}>{card.name}</a>{" "}
        {card.version && <span class="text-muted text-s">{card.version}</span>}{" "}
        {card.status !== "present" && <span class="badge badge-warn">{card.status}</span>}
      </p>
      <dl class="facts mt-1.5">
        <dt>File</dt>
        <dd>
          <code>{path}</code>
        </dd>
        <dt>Size</dt>
        <dd class={mark(differs.size)}>{formatBytes(card.size)}</dd>
        <dt>Changed</dt>
        <dd>{changedAt ? <Time at={changedAt} /> : "unknown"}</dd>
        <dt>Added</dt>
        <dd>
          <Time at={card.added} />
        </dd>
        {card.baseModel && (
          <>
            <dt>Base model</dt>
            <dd class={mark(differs.base)}>{card.baseModel}</dd>
          </>
        )}
        <dt>SHA-256</dt>
        <dd class={mark(differs.sha256)}>
          {sha256 ? <code title={sha256}>{sha256.slice(0, 12)}…</code> : "not hashed yet"}
        </dd>
        <dt>Yours</dt>
        <dd>
          {edited.length === 0
            ? "nothing edited"
            : <span title={edited.join(", ")}>{plural(edited.length, "edited field")}</span>}
          {card.favorite && ", favourite"}
          {card.rating > 0 && `, rated ${card.rating}`}
        </dd>
      </dl>
    </div>
  );
}

interface ActionsProps {
  item: DuplicateItem;
  others: readonly DuplicateItem[];
  id: string;
}

function Actions({ item: { card, path, edited }, others, id }: ActionsProps) {
  const lost = others.reduce((sum, other) => sum + other.edited.length, 0);
  return (
    <div class="actions">
      <a class="btn btn-small" href={`/adapters/${card.id}`}>
        <Icon name="external-link" />
        Open
      </a>
      <ConfirmButton
        id={`keep-${id}`}
        label="Keep this one"
        name={`Keep this one: ${path}`}
        icon="check"
        title={`Keep this record of “${card.name}”?`}
        verb={`Remove ${plural(others.length, "other record")}`}
        fields={{ id: others.map((other) => other.card.id) }}
      >
        {plural(others.length, "other record")} will be removed
        {lost > 0 && `, with ${plural(lost, "field")} that you edited`}. No file is touched: delete
        or move the files yourself, or the next import lists them again.
      </ConfirmButton>
      <ConfirmButton
        id={`remove-${id}`}
        label="Remove record"
        name={`Remove record: ${path}`}
        icon="trash-2"
        class="btn btn-small btn-quiet-danger"
        title={`Remove this record of “${card.name}”?`}
        verb="Remove the record"
        fields={{ id: card.id }}
      >
        <code>{path}</code> stays where it is
        {edited.length > 0 && `; ${plural(edited.length, "field")} that you edited will be gone`}.
        The next import lists it again unless the file is gone by then.
      </ConfirmButton>
    </div>
  );
}

function differ<T>(
  items: readonly DuplicateItem[],
  read: (item: DuplicateItem) => T | null,
): boolean {
  return new Set(items.map(read).filter((value) => value !== null)).size > 1;
}
