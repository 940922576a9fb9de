import type { ComponentChildren } from "preact";
import { CLIP_TOKENS, type ComposedPrompt, parsePrompt } from "@/lib/shared/prompt/mod.ts";
import { formatCount } from "@/lib/shared/format.ts";
import { Icon } from "../Icon.tsx";

interface PromptOutputProps {
  composed: ComposedPrompt;
  copy: ComponentChildren;
}

/** The prompt as it will be sent, its length against what CLIP reads at once, and what is wrong with it as a whole. */
export function PromptOutput({ composed, copy }: PromptOutputProps) {
  const { prompt, clip_tokens: tokens, warnings } = composed;
  const whole = warnings.filter(({ adapter_id }) => adapter_id === undefined);
  return (
    <div class="composed">
      <output
        id="composed"
        class="composed-text"
        for="prefix suffix"
        aria-label="Composed prompt"
        tabIndex={0}
      >
        {prompt === ""
          ? <span class="text-faint">Nothing yet: add a LoRA or write a few words.</span>
          : parsePrompt(prompt).map((segment) =>
            segment.type === "text"
              ? segment.raw
              : <span key={segment.start} class="token">{segment.raw}</span>
          )}
      </output>
      <div class="composed-foot">
        <span class={tokens > CLIP_TOKENS ? "num text-s text-warn" : "num text-s text-muted"}>
          {formatCount(tokens)} of {CLIP_TOKENS} tokens
        </span>
        <svg
          class={tokens > CLIP_TOKENS ? "meter is-over" : "meter"}
          viewBox="0 0 75 1"
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          <rect width={Math.min(CLIP_TOKENS, tokens)} height="1" />
        </svg>
        {copy}
      </div>
      {whole.map(({ code, message }) => (
        <p key={code} class="composed-warning">
          <Icon name="triangle-alert" />
          {message}
        </p>
      ))}
    </div>
  );
}
