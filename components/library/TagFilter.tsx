import { canonical } from "@/lib/shared/library_url.ts";

/** A field for tags that are not among the most frequent: a form that adds one to the URL. */
export function TagFilter({ search }: { search: string }) {
  return (
    <form method="get" action="/" class="pb-1">
      {[...new URLSearchParams(canonical(search))].map(([name, value]) => (
        <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
      ))}
      <input
        class="input"
        name="tag"
        placeholder="Add a tag"
        aria-label="Add a tag to the filter"
        autocomplete="off"
        maxLength={300}
        required
      />
    </form>
  );
}
