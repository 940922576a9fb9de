import { useEffect, useMemo } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { activeSet, isActive, toggle } from "@/browser/active_set.ts";
import { AdapterState } from "@/browser/adapter_state.ts";
import { copyText } from "@/browser/clipboard.ts";
import { failureText, send } from "@/browser/http.ts";
import { complain } from "@/browser/toasts.ts";
import { Collections } from "@/components/adapter/Collections.tsx";
import { NameHeading } from "@/components/adapter/NameHeading.tsx";
import { Notes } from "@/components/adapter/Notes.tsx";
import { TagsEditor } from "@/components/adapter/TagsEditor.tsx";
import { Trigger } from "@/components/adapter/Triggers.tsx";
import { WeightControl } from "@/components/adapter/WeightControl.tsx";
import { Icon } from "@/components/Icon.tsx";
import { Stars } from "@/components/Stars.tsx";
import type { AdapterPanelView } from "@/lib/shared/adapter_panel.ts";
import { stemInToken } from "@/lib/shared/card_view.ts";
import { libraryHref } from "@/lib/shared/library_url.ts";
import { tokenFor } from "@/lib/shared/prompt/token.ts";

export interface AdapterPanelProps {
  adapter: AdapterPanelView;
  collections: { id: string; name: string }[];
  mayWrite: boolean;
}

/** Name, actions, triggers, notes and tags of one adapter. Every control is part of a form that works by itself. */
export default function AdapterPanel({ adapter, collections, mayWrite }: AdapterPanelProps) {
  const state = useMemo(() => new AdapterState(adapter), []);
  const started = useSignal(false);
  const sliding = useSignal<number | null>(null);
  const known = useSignal(collections);
  useEffect(() => void (started.value = true), []);

  const view = state.view.value;
  const { id, name, edited_fields: edited } = view;
  const active = isActive(view.card);
  const inTray = activeSet.value?.find((card) => card.id === id);
  const weight = sliding.value ?? inTray?.weight ?? view.weight;

  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const button = event.submitter as HTMLButtonElement | null;
    const fields = new FormData(form);
    switch (button?.name) {
      case "activate":
      case "deactivate":
        return void toggle({ ...view.card, weight });
      case "favorite":
      case "unfavorite":
        return void state.save({ is_favorite: !view.is_favorite });
      case "rating":
        return void state.save({ rating: Number(button.value) });
      case "untag":
        return void state.save({ tags: view.tags.filter((tag) => tag !== button.value) });
      case "uncollect":
        return void state.collect(known.value.find((one) => one.id === button.value)!, false);
    }
    if (form.dataset.intent === "tags") {
      const added = String(fields.get("tag")).split(",").map((tag) => tag.trim()).filter(Boolean);
      form.reset();
      if (added.length > 0) void state.save({ tags: [...new Set([...view.tags, ...added])] });
    }
    if (form.dataset.intent === "collections") {
      form.reset();
      void collect(String(fields.get("collection")).trim());
    }
  };

  const collect = async (wanted: string) => {
    if (wanted === "") return;
    let collection = known.value.find((one) => one.name.toLowerCase() === wanted.toLowerCase());
    if (!collection) {
      try {
        const made = await send<{ collection: { id: string; name: string } }>(
          "POST",
          "/api/v1/collections",
          { name: wanted },
        );
        collection = made.collection;
        known.value = [...known.value, collection];
      } catch (error) {
        return complain(`“${wanted}” was not made: ${failureText(error)}`);
      }
    }
    await state.collect(collection, true);
  };

  return (
    <div class="adapter-main" onSubmit={onSubmit}>
      <header class="adapter-head">
        <NameHeading
          name={name}
          edited={edited}
          onRename={started.value && mayWrite ? (next) => void state.save({ name: next }) : null}
        />
        <p class="byline">
          {view.version && <span>{view.version}</span>}
          {view.author_username && (
            <a
              class="underline underline-offset-2"
              href={libraryHref(new URLSearchParams({ author: view.author_username }).toString())}
            >
              {view.author_username}
            </a>
          )}
          {view.base_model && (
            <a
              class="badge"
              href={libraryHref(new URLSearchParams({ base_model: view.base_model }).toString())}
            >
              {view.base_model}
            </a>
          )}
        </p>
      </header>
      {mayWrite && (
        <form method="post" class="actions">
          <button
            type="submit"
            class={active ? "btn" : "btn btn-primary"}
            name={active ? "deactivate" : "activate"}
            value="1"
            aria-pressed={active}
          >
            <Icon name={active ? "check" : "plus"} />
            {active ? "In the tray" : "Put into the tray"}
          </button>
          <button
            type="submit"
            class="btn btn-icon"
            name={view.is_favorite ? "unfavorite" : "favorite"}
            value="1"
            aria-pressed={view.is_favorite}
            aria-label="Favourite"
            title="Favourite"
          >
            <Icon name="heart" class={view.is_favorite ? "icon-fill text-heart" : ""} />
          </button>
          <Stars rating={view.rating} name={name} />
          <a class="btn ml-auto" href={`/adapters/${id}?edit=1`}>
            <Icon name="pencil" />
            Edit
          </a>
        </form>
      )}
      <form method="post" class="grid gap-3" data-intent="weight">
        <WeightControl
          weight={weight}
          edited={edited}
          disabled={!mayWrite}
          onInput={(next) => sliding.value = next}
          onChange={(next) => {
            sliding.value = null;
            void state.save({ weight: Number(next.toFixed(3)) });
          }}
        />
        {mayWrite && !started.value && <button type="submit" class="btn w-fit">Set weight</button>}
        <Trigger name="Token" text={tokenFor(stemInToken(view.token), weight)} onCopy={copyText} />
      </form>
      <TriggerList view={view} />
      <Notes
        notes={view.notes ?? ""}
        edited={edited}
        mayWrite={mayWrite}
        savesItself={started.value}
        saved={state.saved.value === "notes"}
        onChange={(notes) => void state.save({ notes: notes === "" ? null : notes })}
      />
      <TagsEditor tags={view.tags} edited={edited} mayWrite={mayWrite} />
      <Collections member={view.collections} all={known.value} mayWrite={mayWrite} />
    </div>
  );
}

function TriggerList({ view }: { view: AdapterPanelView }) {
  const words = view.trained_words.map((text, index) => ({
    name: view.trained_words.length === 1 ? "Trigger words" : `Trigger words ${index + 1}`,
    text,
  }));
  const all = words.length > 1 && words.length <= 12
    ? [{ name: "All trigger words", text: view.trained_words.join(", ") }]
    : [];
  const texts = [
    ...view.trigger_sets,
    ...(view.activation_text ? [{ name: "Activation text", text: view.activation_text }] : []),
    ...all,
    ...words,
    ...(view.negative_text ? [{ name: "Negative prompt", text: view.negative_text }] : []),
  ];
  if (texts.length === 0) return null;
  return (
    <section class="section" aria-labelledby="triggers-title">
      <h2 id="triggers-title">Triggers</h2>
      {texts.map(({ name, text }) => (
        <Trigger key={`${name} ${text}`} name={name} text={text} onCopy={copyText} />
      ))}
    </section>
  );
}
