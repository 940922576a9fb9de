/** Reorders the tray by pointer: marks where the dragged item would land and says so once it does. */
export class TrayDrag {
  readonly #onDrop: (from: number, to: number) => void;
  #from: number | null = null;
  #marked: HTMLElement | null = null;

  constructor(onDrop: (from: number, to: number) => void) {
    this.#onDrop = onDrop;
  }

  readonly onDragStart = (event: DragEvent): void => {
    const item = itemAt(event);
    if (!item || !event.dataTransfer) return;
    this.#from = Number(item.dataset.index);
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", item.querySelector("a")?.textContent ?? "");
    item.dataset.dragging = "";
  };

  readonly onDragOver = (event: DragEvent): void => {
    const item = itemAt(event);
    if (!item || this.#from === null) return;
    event.preventDefault();
    this.#unmark();
    const box = item.getBoundingClientRect();
    item.dataset.drop = event.clientY < box.top + box.height / 2 ? "before" : "after";
    this.#marked = item;
  };

  readonly onDrop = (event: DragEvent): void => {
    const item = this.#marked;
    if (!item || this.#from === null) return;
    event.preventDefault();
    const gap = Number(item.dataset.index) + (item.dataset.drop === "after" ? 1 : 0);
    // Taking the item out first moves everything behind it up by one.
    this.#onDrop(this.#from, gap > this.#from ? gap - 1 : gap);
  };

  readonly onDragEnd = (event: DragEvent): void => {
    this.#unmark();
    this.#from = null;
    delete itemAt(event)?.dataset.dragging;
  };

  #unmark(): void {
    delete this.#marked?.dataset.drop;
    this.#marked = null;
  }
}

const itemAt = (event: DragEvent): HTMLElement | null =>
  (event.target as HTMLElement).closest<HTMLElement>("[data-index]");
