import { libraryHref } from "@/lib/shared/library_url.ts";
import { DefaultSubmit } from "../DefaultSubmit.tsx";
import { Icon } from "../Icon.tsx";

interface Collection {
  id: string;
  name: string;
}

interface CollectionsProps {
  member: readonly Collection[];
  all: readonly Collection[];
  mayWrite: boolean;
}

/** Which collections it is in. A new one is made by naming it. */
export function Collections({ member, all, mayWrite }: CollectionsProps) {
  const others = all.filter(({ id }) => !member.some((one) => one.id === id));
  return (
    <section class="section" aria-labelledby="collections-title">
      <h2 id="collections-title">Collections</h2>
      <form method="post" class="flex flex-wrap items-center gap-1.5" data-intent="collections">
        {mayWrite && <DefaultSubmit />}
        {member.map(({ id, name }) => (
          <span class="chip" key={id}>
            <a
              href={libraryHref(new URLSearchParams({ collection: id }).toString())}
              class="hover:underline"
            >
              {name}
            </a>
            {mayWrite && (
              <button
                type="submit"
                class="mini -mr-2"
                name="uncollect"
                value={id}
                aria-label={`Take out of ${name}`}
              >
                <Icon name="x" />
              </button>
            )}
          </span>
        ))}
        {mayWrite && (
          <>
            <input
              class="input w-56!"
              name="collection"
              list="collection-names"
              placeholder="Add to a collection"
              aria-label="Add to a collection; a new name makes a new one"
              maxLength={200}
              autocomplete="off"
            />
            <datalist id="collection-names">
              {others.map(({ id, name }) => <option key={id} value={name} />)}
            </datalist>
            <button type="submit" class="btn btn-small">Add</button>
          </>
        )}
        {member.length === 0 && !mayWrite && <span class="text-muted">None</span>}
      </form>
    </section>
  );
}
