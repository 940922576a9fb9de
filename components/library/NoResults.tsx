import { isFiltered, libraryHref, unfiltered } from "@/lib/shared/library_url.ts";
import { EmptyState } from "../EmptyState.tsx";
import { Icon } from "../Icon.tsx";

/** Where the results would be: an empty library teaches the first step, an empty result the way back. */
export function NoResults({ search }: { search: string }) {
  if (!isFiltered(search)) {
    return (
      <EmptyState
        icon="library"
        title="No LoRAs yet"
        actions={
          <a class="btn btn-primary" href="/import">
            <Icon name="import" />
            Import a folder
          </a>
        }
      >
        Point LoRA Manager at a folder of .safetensors files. It reads them and what lies beside
        them; it never changes your files.
      </EmptyState>
    );
  }
  const query = new URLSearchParams(search).get("q");
  return (
    <EmptyState
      icon="search"
      title={query ? `Nothing found for “${query}”` : "Nothing matches these filters"}
      actions={<a class="btn" href={libraryHref(unfiltered(search))}>Clear search and filters</a>}
    >
      Search looks at names, tags, trigger words, authors, descriptions and file names. Fewer words,
      or fewer filters, find more.
    </EmptyState>
  );
}
