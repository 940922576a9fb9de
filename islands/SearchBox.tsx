import { useEffect, useMemo, useRef } from "preact/hooks";
import { effect, useSignal } from "@preact/signals";
import { Icon } from "@/components/Icon.tsx";
import { Palette } from "@/components/frame/Palette.tsx";
import { withOnly } from "@/lib/shared/library_url.ts";
import { libraryOnPage } from "@/browser/library.ts";
import { PaletteSearch } from "@/browser/palette_search.ts";

/** Long enough to skip the letters in between, too short to notice. */
const PAUSE_MS = 110;

/** One field: on the library it filters as one types, everywhere it finds LoRAs and pages (Ctrl K). */
export default function SearchBox({ q }: { q: string }) {
  const input = useRef<HTMLInputElement>(null);
  const text = useSignal(q);
  const palette = useMemo(() => new PaletteSearch(), []);
  const typing = useRef<{ timer: ReturnType<typeof setTimeout> | null; started: boolean }>({
    timer: null,
    started: false,
  });

  useEffect(() => {
    const open = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      const isCtrlK = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
      const isSlash = event.key === "/" && !event.ctrlKey && !event.altKey && !event.metaKey &&
        !target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
      if (!isCtrlK && !isSlash) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
      if (isCtrlK || libraryOnPage.peek() === null) palette.show(input.current?.value ?? "");
    };
    document.addEventListener("keydown", open);
    // Back, and chips that go away, change the query too; while someone types, they know best.
    const stop = effect(() => {
      const search = libraryOnPage.value?.search.value;
      if (search === undefined || typing.current.timer !== null) return;
      text.value = new URLSearchParams(search).get("q") ?? "";
    });
    return () => {
      document.removeEventListener("keydown", open);
      stop();
    };
  }, []);

  const filterLibrary = (value: string) => {
    const library = libraryOnPage.peek();
    if (!library) return;
    const { current } = typing;
    if (current.timer !== null) clearTimeout(current.timer);
    current.timer = setTimeout(() => {
      current.timer = null;
      const search = withOnly(library.search.peek(), "q", value.trim() || null);
      // One entry in the history for one search, however many letters it has.
      void library.go(search, current.started ? "replace" : "push");
      current.started = true;
    }, PAUSE_MS);
  };

  const onInput = (value: string) => {
    text.value = value;
    if (palette.isOpen.peek() || libraryOnPage.peek() === null || value.startsWith(">")) {
      palette.show(value);
    } else {
      filterLibrary(value);
    }
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      if (palette.isOpen.value) palette.hide();
      else if (text.value !== "") onInput("");
      else input.current?.blur();
      event.preventDefault();
    } else if (palette.isOpen.value && /^Arrow(Up|Down)$/.test(event.key)) {
      event.preventDefault();
      palette.step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && palette.chosen.value) {
      event.preventDefault();
      location.assign(palette.chosen.value.href);
    }
  };

  const isOpen = palette.isOpen.value;
  return (
    <search class="search">
      <Icon name="search" />
      <form
        action="/"
        method="get"
        onSubmit={(event) => {
          palette.hide();
          if (libraryOnPage.value) {
            event.preventDefault();
            filterLibrary(text.value);
          }
        }}
      >
        <input
          ref={input}
          class="search-input"
          type="search"
          name="q"
          value={text.value}
          maxLength={300}
          placeholder="Search LoRAs, tags, trigger words"
          aria-label="Search"
          autocomplete="off"
          spellcheck={false}
          role="combobox"
          aria-autocomplete="list"
          aria-expanded={isOpen}
          aria-controls="palette"
          aria-activedescendant={palette.chosen.value
            ? `palette-${palette.index.value}`
            : undefined}
          onInput={(event) => onInput(event.currentTarget.value)}
          onFocus={() => {
            typing.current.started = false;
            if (libraryOnPage.peek() === null && text.value !== "") palette.show(text.value);
          }}
          onBlur={() => palette.hide()}
          onKeyDown={onKeyDown}
        />
      </form>
      <kbd class="search-key max-sm:hidden" aria-hidden="true">/</kbd>
      <Palette entries={isOpen ? palette.entries.value : null} index={palette.index.value} />
    </search>
  );
}
