import { Head } from "fresh/runtime";
import { page } from "fresh";
import { DuplicateSet, REASONS } from "@/components/duplicates/DuplicateSet.tsx";
import { EmptyState } from "@/components/EmptyState.tsx";
import { Icon } from "@/components/Icon.tsx";
import { Notice } from "@/components/Notice.tsx";
import { PageHead } from "@/components/PageHead.tsx";
import { define } from "@/define.ts";
import { mayActAs } from "@/lib/access/viewer.ts";
import { parseForm } from "@/lib/http/parse.ts";
import { backFrom } from "@/lib/pages/back.ts";
import { duplicatesView, RemovalForm } from "@/lib/pages/duplicates_data.ts";
import { duplicatesHref, type DuplicatesView, GROUPS_PAGE } from "@/lib/shared/duplicates_view.ts";
import { formatCount, plural } from "@/lib/shared/format.ts";

export const handler = define.handlers({
  async GET({ state, url }) {
    return page(await duplicatesView(state.services, state.viewer, url));
  },

  async POST({ req, state, redirect }) {
    const { id: ids } = await parseForm(RemovalForm, req);
    await state.services.catalog.bulk({ action: "delete", ids }, state.viewer);
    return redirect(backFrom(req, "/duplicates"), 303);
  },
});

export default define.page<typeof handler>(({ data, state }) => {
  const { groups, reason } = data;
  return (
    <div class="page-wide parts">
      <Head>
        <title>Duplicates – LoRA Manager</title>
      </Head>
      <PageHead
        title="Duplicates"
        lead="Records that seem to be the same. Removing one never touches its file."
      />
      <Reasons view={data} />
      {data.counts.sha256 === 0 && reason === "sha256" && (
        <Notice>
          Files are compared by their hash, which is known once they have been hashed.
        </Notice>
      )}
      {groups.length === 0
        ? (
          <EmptyState icon="copy-check" title="No duplicates">
            Nothing in the library shares its bytes, or its name and version, with anything else
            {reason !== null && " in the way you asked for"}.
          </EmptyState>
        )
        : groups.map((group, index) => (
          <DuplicateSet
            key={`${group.reason} ${group.value}`}
            id={`group-${index}`}
            group={group}
            mayWrite={mayActAs(state.viewer, "write")}
            blurFrom={state.viewer.nsfwBlurFrom}
          />
        ))}
      <Pager view={data} />
    </div>
  );
});

function Reasons({ view: { counts, reason } }: { view: DuplicatesView }) {
  const shown = (Object.keys(REASONS) as (keyof typeof REASONS)[])
    .filter((each) => counts[each] > 0 || each === reason);
  if (shown.length === 0) return null;
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return (
    <nav class="flex flex-wrap gap-1.5" aria-label="What they share">
      {[null, ...shown].map((each) => (
        <a
          key={each}
          class={each === reason ? "chip chip-set" : "chip"}
          href={duplicatesHref(each)}
          aria-current={each === reason ? "true" : undefined}
        >
          {each === null ? "All" : REASONS[each].filter}{" "}
          <span class="num">{formatCount(each === null ? all : counts[each])}</span>
        </a>
      ))}
    </nav>
  );
}

function Pager({ view: { reason, offset, total } }: { view: DuplicatesView }) {
  if (total <= GROUPS_PAGE) return null;
  const last = Math.min(offset + GROUPS_PAGE, total);
  return (
    <nav class="pager" aria-label="Pages">
      {offset > 0
        ? (
          <a class="btn btn-small" href={duplicatesHref(reason, Math.max(0, offset - GROUPS_PAGE))}>
            <Icon name="chevron-left" />
            Previous
          </a>
        )
        : <span />}
      <span class="num text-muted text-s">
        {formatCount(offset + 1)} to {formatCount(last)} of {plural(total, "group")}
      </span>
      {last < total
        ? (
          <a class="btn btn-small" href={duplicatesHref(reason, last)}>
            Next
            <Icon name="chevron-right" />
          </a>
        )
        : <span />}
    </nav>
  );
}
