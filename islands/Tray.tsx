import { useEffect, useMemo, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { CopyButton } from "@/components/CopyButton.tsx";
import { TrayItem } from "@/components/frame/TrayItem.tsx";
import { Icon } from "@/components/Icon.tsx";
import { type CardView, pictureUrl, stemInToken } from "@/lib/shared/card_view.ts";
import { formatCount } from "@/lib/shared/format.ts";
import { nsfwRank } from "@/lib/shared/nsfw.ts";
import { composePrompt } from "@/lib/shared/prompt/compose.ts";
import { activeSet, deactivate, move, setWeight, startWith } from "@/browser/active_set.ts";
import { copyText } from "@/browser/clipboard.ts";
import { TrayDrag } from "@/browser/tray_drag.ts";

export interface TrayProps {
  items: CardView[];
  blurFrom: number;
}

const STEP = 0.05;
const STRIP = 12;

/** The active set, on every page: what goes into the prompt, in which order, how strongly. */
export default function Tray({ items, blurFrom }: TrayProps) {
  const list = useRef<HTMLOListElement>(null);
  const spoken = useSignal("");
  const drag = useMemo(() => new TrayDrag((from, to) => void move(from, to)), []);
  useEffect(() => startWith(items), []);

  const set = activeSet.value ?? items;
  const { prompt, warnings } = composed(set);
  const isVeiled = (card: CardView) => nsfwRank(card.nsfw) >= blurFrom;

  const shift = async (index: number, by: number) => {
    const card = set[index];
    const to = index + by;
    if (!card || to < 0 || to >= set.length) return;
    const done = move(index, to);
    spoken.value = `${card.name} is now ${to + 1} of ${set.length}`;
    // The row has moved in the document, and the focus with it; this keeps it where the keys were pressed.
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLElement>(`[data-index="${to}"] a`)?.focus()
    );
    await done;
  };
  const act = (index: number, intent: string, typed: string) => {
    const card = set[index];
    if (!card) return;
    switch (intent) {
      case "lighter":
        return void setWeight(card, card.weight - STEP);
      case "heavier":
        return void setWeight(card, card.weight + STEP);
      case "up":
        return void shift(index, -1);
      case "down":
        return void shift(index, 1);
      case "remove":
        return void deactivate(card);
      default: {
        const weight = Number(typed.replace(",", "."));
        if (typed.trim() !== "" && Number.isFinite(weight)) void setWeight(card, weight);
      }
    }
  };
  const indexAt = (event: Event) =>
    Number((event.target as HTMLElement).closest<HTMLElement>("[data-index]")?.dataset.index ?? -1);

  return (
    <>
      <div class="strip">
        <button type="button" class="strip-open" popovertarget="tray">
          <Icon name="layers" />
          <span class="num">{formatCount(set.length)} active</span>
          {set.slice(0, STRIP).map((card) => (
            <img
              key={card.id}
              class={`tint-${card.tint}${isVeiled(card) ? " blur-xs" : ""}`}
              src={pictureUrl(card.id, card.picture, 128)}
              width={36}
              height={36}
              alt=""
            />
          ))}
          {set.length > STRIP && <span class="num">+{set.length - STRIP}</span>}
        </button>
      </div>
      <aside id="tray" class="tray" popover="auto" aria-label="Tray: the active LoRAs">
        <div class="tray-head">
          <Icon name="layers" />
          <h2>Tray</h2>
          <span class="num" role="status">{formatCount(set.length)} active</span>
          <button
            type="button"
            class="btn btn-quiet btn-icon tray-close ml-auto"
            popovertarget="tray"
            popovertargetaction="hide"
            aria-label="Close the tray"
          >
            <Icon name="x" />
          </button>
        </div>
        {set.length === 0
          ? (
            <div class="tray-empty">
              <Icon name="layers" />
              <p>
                Nothing is active. The plus on a picture, or{" "}
                <kbd>Space</kbd>, puts a LoRA here and its token into the prompt.
              </p>
            </div>
          )
          : (
            <ol
              ref={list}
              class="tray-list"
              onDragStart={drag.onDragStart}
              onDragOver={drag.onDragOver}
              onDrop={drag.onDrop}
              onDragEnd={drag.onDragEnd}
              onSubmit={(event) => {
                event.preventDefault();
                const form = event.target as HTMLFormElement;
                const button = event.submitter as HTMLButtonElement | null;
                const typed = form.elements.namedItem("weight") as HTMLInputElement;
                act(indexAt(event), button?.value ?? "weight", typed.value);
              }}
              onFocusOut={(event) => {
                const input = event.target as HTMLInputElement;
                if (input.name === "weight") act(indexAt(event), "weight", input.value);
              }}
              onKeyDown={(event) => {
                if (!event.altKey || !/^Arrow(Up|Down)$/.test(event.key)) return;
                event.preventDefault();
                void shift(indexAt(event), event.key === "ArrowUp" ? -1 : 1);
              }}
            >
              {set.map((card, index) => (
                <TrayItem
                  key={card.id}
                  card={card}
                  index={index}
                  count={set.length}
                  veiled={isVeiled(card)}
                />
              ))}
            </ol>
          )}
        {set.length > 0 && (
          <div class="tray-foot">
            <h3 class="sr-only">Prompt</h3>
            <p class="prompt">{prompt}</p>
            {warnings > 0 && (
              <a class="badge badge-warn w-fit" href="/compose">
                <Icon name="triangle-alert" />
                {warnings === 1 ? "1 warning" : `${warnings} warnings`}
              </a>
            )}
            <div class="actions">
              <CopyButton text={prompt} label="Copy prompt" onCopy={copyText} />
              <a class="btn" href="/compose">Compose</a>
            </div>
          </div>
        )}
        <span class="sr-only" role="status">{spoken.value}</span>
      </aside>
    </>
  );
}

/** What the tokens alone would write; text around them and trigger words belong to the composer. */
function composed(set: readonly CardView[]): { prompt: string; warnings: number } {
  const items = set.map((card) => ({
    id: card.id,
    name: card.name,
    stem: stemInToken(card.token),
    weight: card.weight,
    base_model: card.baseModel,
    file_status: card.status,
    file_format: card.format,
  }));
  const { prompt, warnings } = composePrompt({ items });
  return { prompt, warnings: warnings.filter(({ severity }) => severity === "warning").length };
}
