import { libraryHref } from "@/lib/shared/library_url.ts";
import { DefaultSubmit } from "../DefaultSubmit.tsx";
import { EditedMark } from "../EditedMark.tsx";
import { Icon } from "../Icon.tsx";

interface TagsEditorProps {
  tags: readonly string[];
  edited: readonly string[];
  mayWrite: boolean;
}

/** Tags as links into the library, each with a button that takes it away, and a field for more. */
export function TagsEditor({ tags, edited, mayWrite }: TagsEditorProps) {
  return (
    <section class="section" aria-labelledby="tags-title">
      <h2 id="tags-title">
        Tags
        <EditedMark field="tags" edited={edited} />
      </h2>
      <form method="post" class="flex flex-wrap items-center gap-1.5" data-intent="tags">
        {mayWrite && <DefaultSubmit />}
        {tags.map((tag) => (
          <span class="chip" key={tag}>
            <a href={libraryHref(new URLSearchParams({ tag }).toString())} class="hover:underline">
              {tag}
            </a>
            {mayWrite && (
              <button
                type="submit"
                class="mini -mr-2"
                name="untag"
                value={tag}
                aria-label={`Remove the tag ${tag}`}
                formNoValidate
              >
                <Icon name="x" />
              </button>
            )}
          </span>
        ))}
        {tags.length === 0 && !mayWrite && <span class="text-muted">None</span>}
        {mayWrite && (
          <input
            class="input w-40!"
            name="tag"
            placeholder="Add a tag"
            aria-label="Add tags, separated by commas"
            maxLength={300}
            autocomplete="off"
            required
          />
        )}
      </form>
    </section>
  );
}
