import { sanitizeDescription } from "@/lib/text/sanitize.ts";

/**
 * HTML from elsewhere. The only place that puts markup into a page: it was cleaned when it was stored, and is cleaned again
 * here, because what was stored may be older than the rules.
 */
export function SanitisedHtml({ html, class: extra }: { html: string; class?: string }) {
  return (
    // deno-lint-ignore react-no-danger -- sanitised in this very expression
    <div class={extra} dangerouslySetInnerHTML={{ __html: sanitizeDescription(html) }} />
  );
}
