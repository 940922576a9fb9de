import { plural } from "@/lib/shared/format.ts";
import { libraryHref } from "@/lib/shared/library_url.ts";

interface ConfirmDeleteProps {
  ids: string[];
  search: string;
}

/** The page between ticking and deleting, for those without scripts. */
export function ConfirmDelete({ ids, search }: ConfirmDeleteProps) {
  const what = plural(ids.length, "record");
  return (
    <form class="page-narrow grid gap-4 py-8" method="post" action={libraryHref(search)}>
      <h1>Delete {what}?</h1>
      <p>
        Notes, ratings, tags and everything else you set will be gone. The files on disk stay where
        they are; the next import lists them again as new.
      </p>
      <input type="hidden" name="confirmed" value="yes" />
      {ids.map((id) => <input key={id} type="hidden" name="id" value={id} />)}
      <div class="actions">
        <a class="btn" href={libraryHref(search)}>Keep</a>
        <button class="btn btn-danger" type="submit" name="action" value="delete">
          Delete {what}
        </button>
      </div>
    </form>
  );
}
