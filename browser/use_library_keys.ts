import { useEffect } from "preact/hooks";

export interface LibraryKeys {
  next(step: number): void;
  nextRow(step: number): void;
  toggleActive(): void;
  toggleFavorite(): void;
  toggleSelected(range: boolean): void;
  edit(): void;
  help(): void;
  escape(): void;
}

const STORED = "lm.single-keys";

/** WCAG 2.1.4: shortcuts of a single character can be switched off. */
export const singleKeysOn = (): boolean => localStorage.getItem(STORED) !== "off";
export const setSingleKeys = (on: boolean): void => localStorage.setItem(STORED, on ? "on" : "off");

const TYPING = "input:not([type=checkbox]), textarea, select, [contenteditable], dialog[open] *";

/** Binds the library's keys to the page for as long as the island lives. */
export function useLibraryKeys(keys: LibraryKeys): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (document.querySelector("dialog[open]") || target.closest(TYPING)) return;
      if (event.key === "Escape") return keys.escape();
      const run = actionOf(event, target, keys);
      if (!run) return;
      event.preventDefault();
      run();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [keys]);
}

function actionOf(event: KeyboardEvent, target: HTMLElement, keys: LibraryKeys) {
  const onCard = target.closest("[data-id]") !== null;
  switch (event.key) {
    case "ArrowRight":
      return onCard ? () => keys.next(1) : null;
    case "ArrowLeft":
      return onCard ? () => keys.next(-1) : null;
    case "ArrowDown":
      return onCard ? () => keys.nextRow(1) : null;
    case "ArrowUp":
      return onCard ? () => keys.nextRow(-1) : null;
  }
  if (!singleKeysOn()) return null;
  // A button or checkbox keeps its own space key.
  const isControl = target.closest("button, input, summary") !== null;
  switch (event.key) {
    case "j":
      return () => keys.next(1);
    case "k":
      return () => keys.next(-1);
    case " ":
      return onCard && !isControl ? () => keys.toggleActive() : null;
    case "f":
      return () => keys.toggleFavorite();
    case "x":
      return () => keys.toggleSelected(false);
    case "X":
      return () => keys.toggleSelected(true);
    case "e":
      return () => keys.edit();
    case "?":
      return () => keys.help();
    default:
      return null;
  }
}
