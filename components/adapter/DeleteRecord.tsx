interface DeleteRecordProps {
  id: string;
  name: string;
}

/** Deleting takes two steps: `?confirm=delete` shows this, with or without scripts. */
export function DeleteRecord({ id, name }: DeleteRecordProps) {
  return (
    <form class="page-narrow grid gap-4 py-8" method="post" action={`/adapters/${id}`}>
      <h1>Delete the record of {name}?</h1>
      <p>
        Your notes, rating, tags and everything else you set for it will be gone. The file stays on
        disk; the next import lists it again as new.
      </p>
      <div class="actions">
        <a class="btn" href={`/adapters/${id}`}>Keep</a>
        <button class="btn btn-danger" type="submit" name="intent" value="delete">
          Delete record
        </button>
      </div>
    </form>
  );
}
