import { type CardView, pictureUrl } from "@/lib/shared/card_view.ts";
import { type ComposeText, hasPhrase } from "@/lib/shared/compose_text.ts";
import { formatWeight } from "@/lib/shared/format.ts";
import { offeredPhrases } from "@/lib/shared/phrases.ts";
import type { PromptItem, PromptWarning } from "@/lib/shared/prompt/mod.ts";
import { Icon } from "../Icon.tsx";

/** Phrases shown before the rest is folded away. */
const SHOWN = 6;

interface ComposerItemProps {
  card: CardView;
  item: PromptItem;
  warnings: readonly PromptWarning[];
  /** Phrases that the trigger mode puts into the prompt by itself. */
  written: ReadonlySet<string>;
  text: ComposeText;
  index: number;
  count: number;
  veiled: boolean;
  mayWrite: boolean;
}

/** One LoRA of the composer: a form of its own, so that weight, order and removal work without scripts. */
export function ComposerItem(
  { card, item, warnings, written, text, index, count, veiled, mayWrite }: ComposerItemProps,
) {
  const { id, name } = card;
  return (
    <li class="stack-item" data-index={index}>
      {mayWrite && (
        <span class="stack-grip scripted" draggable aria-hidden="true" title="Drag to reorder">
          <Icon name="grip-vertical" />
        </span>
      )}
      <img
        class={`stack-picture tint-${card.tint}${veiled ? " is-blurred" : ""}`}
        src={pictureUrl(id, card.picture, 128)}
        width={56}
        height={56}
        loading="lazy"
        decoding="async"
        draggable={false}
        alt=""
      />
      <div class="stack-name">
        <a href={`/adapters/${id}`} title={name} draggable={false}>{name}</a>
        <span class="text-faint text-xs">
          {[card.version, card.baseModel].filter(Boolean).join(" · ")}
        </span>
      </div>
      {mayWrite
        ? <Controls id={id} name={name} weight={item.weight} index={index} count={count} />
        : <span class="stack-weight mono">{formatWeight(item.weight)}</span>}
      {warnings.length > 0 && (
        <ul class="stack-warnings">
          {warnings.map(({ code, message, severity }) => (
            <li key={code} class={severity === "note" ? "is-note" : ""}>
              <Icon name={severity === "note" ? "info" : "triangle-alert"} />
              {message}
            </li>
          ))}
        </ul>
      )}
      <Phrases item={item} written={written} text={text} />
    </li>
  );
}

interface ControlsProps {
  id: string;
  name: string;
  weight: number;
  index: number;
  count: number;
}

function Controls({ id, name, weight, index, count }: ControlsProps) {
  return (
    <>
      <form class="stack-weight" method="post" action="/tray">
        <input type="hidden" name="id" value={id} />
        <Slider name={name} weight={weight} />
        <input
          class="input stack-number mono"
          type="number"
          name="weight"
          step="0.05"
          min="-10"
          max="10"
          required
          value={formatWeight(weight)}
          aria-label={`Weight of ${name}`}
        />
        <button type="submit" class="btn btn-small unscripted" name="intent" value="weight">
          Set
        </button>
      </form>
      <form class="stack-tools" method="post" action="/tray">
        <input type="hidden" name="id" value={id} />
        <Tool intent="up" icon="chevron-up" label={`Move ${name} up`} disabled={index === 0} />
        <Tool
          intent="down"
          icon="chevron-down"
          label={`Move ${name} down`}
          disabled={index === count - 1}
        />
        <Tool intent="remove" icon="x" label={`Take ${name} out`} />
      </form>
    </>
  );
}

/** Wide enough for the weights people use; a weight beyond widens it. */
function Slider({ name, weight }: { name: string; weight: number }) {
  return (
    <input
      class="range scripted"
      type="range"
      min={Math.min(-1, Math.floor(weight))}
      max={Math.max(2, Math.ceil(weight))}
      step="0.05"
      value={weight}
      aria-label={`Weight of ${name}, slider`}
    />
  );
}

interface ToolProps {
  intent: "up" | "down" | "remove";
  icon: "chevron-up" | "chevron-down" | "x";
  label: string;
  disabled?: boolean;
}

function Tool({ intent, icon, label, disabled }: ToolProps) {
  return (
    <button
      class="mini"
      type="submit"
      name="intent"
      value={intent}
      aria-label={label}
      title={label}
      disabled={disabled}
    >
      <Icon name={icon} />
    </button>
  );
}

function Phrases(
  { item, written, text }: Pick<ComposerItemProps, "item" | "written" | "text">,
) {
  const phrases = offeredPhrases(item);
  if (phrases.length === 0) return null;
  const chip = ({ label, text: words }: (typeof phrases)[number]) => {
    const isWritten = words.split(", ").every((word) => written.has(word.toLowerCase()));
    const isIn = hasPhrase(text, words);
    return (
      <button
        key={words}
        type="submit"
        form="compose-text"
        class={isIn || isWritten ? "chip phrase chip-set" : "chip phrase"}
        name={isIn ? "drop" : "add"}
        value={words}
        aria-pressed={isIn || isWritten}
        disabled={isWritten && !isIn}
        title={isWritten ? "Written by the trigger mode" : words}
      >
        {label}
      </button>
    );
  };
  return (
    <div class="stack-phrases" role="group" aria-label={`Trigger words of ${item.name}`}>
      {phrases.slice(0, SHOWN).map(chip)}
      {phrases.length > SHOWN && (
        <details>
          <summary class="chip phrase">{phrases.length - SHOWN} more</summary>
          <div class="stack-phrases">{phrases.slice(SHOWN).map(chip)}</div>
        </details>
      )}
    </div>
  );
}
