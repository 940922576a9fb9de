import { useEffect, useMemo, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { ComposerItem } from "@/components/compose/ComposerItem.tsx";
import { LoraSearch } from "@/components/compose/LoraSearch.tsx";
import { PromptForm } from "@/components/compose/PromptForm.tsx";
import { PromptOutput } from "@/components/compose/PromptOutput.tsx";
import { SaveRecipe } from "@/components/compose/SaveRecipe.tsx";
import { CopyButton } from "@/components/CopyButton.tsx";
import { EmptyState } from "@/components/EmptyState.tsx";
import { Panel } from "@/components/Panel.tsx";
import type { CardView } from "@/lib/shared/card_view.ts";
import type { ComposeText } from "@/lib/shared/compose_text.ts";
import { plural } from "@/lib/shared/format.ts";
import { nsfwRank } from "@/lib/shared/nsfw.ts";
import type { PromptItem } from "@/lib/shared/prompt/mod.ts";
import { isActive, startWith } from "@/browser/active_set.ts";
import { copyText } from "@/browser/clipboard.ts";
import { Composer as ComposerState } from "@/browser/composer.ts";
import { ComposerActions } from "@/browser/composer_actions.ts";
import { LoraFinder } from "@/browser/lora_finder.ts";
import { TrayDrag } from "@/browser/tray_drag.ts";

export interface ComposerProps {
  text: ComposeText;
  cards: CardView[];
  items: PromptItem[];
  baseModels: string[];
  search: { find: string; found: CardView[] };
  blurFrom: number;
  mayWrite: boolean;
  /** Why the last attempt to save a recipe was refused. */
  fault?: string;
}

/** The active set and the text around it, composed as one types and drags, by the code that the server composes with. */
export default function Composer(props: ComposerProps) {
  const { baseModels, blurFrom, mayWrite, fault } = props;
  const list = useRef<HTMLOListElement>(null);
  const spoken = useSignal("");
  const state = useMemo(() => new ComposerState(props.text, props.cards, props.items), []);
  const finder = useMemo(() => new LoraFinder(props.search.find, props.search.found), []);
  const actions = useMemo(
    () => new ComposerActions(state, finder, (text) => spoken.value = text),
    [],
  );
  const drag = useMemo(() => new TrayDrag(actions.moveTo), []);
  useEffect(() => {
    startWith(props.cards);
    return state.start();
  }, []);

  const text = state.text.value;
  const cards = state.cards.value;
  const items = state.items.value;
  const composed = state.composed.value;
  const written = new Set(composed.trigger_words.map((word) => word.toLowerCase()));

  return (
    <div
      class="composer"
      onSubmit={actions.onSubmit}
      onInput={actions.onInput}
      onChange={actions.onChange}
    >
      <section class="composer-set" aria-labelledby="set-title">
        <header class="composer-head">
          <h2 id="set-title">LoRAs</h2>
          <span class="num text-muted text-s">{plural(cards.length, "LoRA")} active</span>
        </header>
        {mayWrite && (
          <div onKeyDown={actions.onFinderKey}>
            <LoraSearch
              text={text}
              find={finder.find.value}
              found={finder.found.value}
              failure={finder.failure.value}
              busy={finder.isBusy.value}
              blurFrom={blurFrom}
              isActive={isActive}
            />
          </div>
        )}
        {cards.length === 0
          ? (
            <EmptyState icon="layers" title="No LoRA is active">
              Search above, or press <kbd>Space</kbd> on a picture in the{" "}
              <a href="/">library</a>. What is active here is active on every page.
            </EmptyState>
          )
          : (
            <ol
              ref={list}
              class="stack panel"
              aria-describedby="stack-keys"
              onDragStart={(event) => {
                drag.onDragStart(event);
                const item = (event.target as HTMLElement).closest("li");
                if (item) event.dataTransfer?.setDragImage(item, 12, 24);
              }}
              onDragOver={drag.onDragOver}
              onDrop={drag.onDrop}
              onDragEnd={drag.onDragEnd}
              onKeyDown={actions.onKeyDown}
            >
              {cards.map((card, index) => (
                <ComposerItem
                  key={card.id}
                  card={card}
                  item={items[index]!}
                  warnings={composed.warnings.filter((each) => each.adapter_id === card.id)}
                  written={written}
                  text={text}
                  index={index}
                  count={cards.length}
                  veiled={nsfwRank(card.nsfw) >= blurFrom}
                  mayWrite={mayWrite}
                />
              ))}
            </ol>
          )}
        {mayWrite && cards.length > 1 && (
          <p id="stack-keys" class="text-faint text-xs scripted">
            Drag by the handle, or press <kbd>Alt</kbd> <kbd>↑</kbd> <kbd>↓</kbd>{" "}
            on a LoRA, to change the order.
          </p>
        )}
        <p class="sr-only" role="status">{spoken.value}</p>
      </section>
      <div class="composer-side">
        <Panel id="prompt" title="Prompt">
          <PromptForm text={text} baseModels={baseModels} />
          <PromptOutput
            composed={composed}
            copy={
              <span class="scripted">
                <CopyButton text={composed.prompt} label="Copy prompt" onCopy={copyText} />
              </span>
            }
          />
        </Panel>
        {mayWrite && (
          <Panel id="save" title="Keep this combination">
            <SaveRecipe text={text} fault={fault} />
          </Panel>
        )}
      </div>
    </div>
  );
}
