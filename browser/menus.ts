/** Closes a menu when one clicks elsewhere or presses Escape, as `<details>` alone does not. Returns what stops it. */
export function closeMenus(): () => void {
  const closeOthers = (event: MouseEvent) => {
    for (const menu of openMenus()) {
      if (!menu.contains(event.target as Node)) menu.open = false;
    }
  };
  const closeByKey = (event: KeyboardEvent) => {
    const [menu] = openMenus();
    if (event.key !== "Escape" || !menu) return;
    // One Escape, one thing: the selection stays.
    event.stopPropagation();
    menu.open = false;
    menu.querySelector("summary")?.focus();
  };
  document.addEventListener("click", closeOthers);
  addEventListener("keydown", closeByKey, { capture: true });
  return () => {
    document.removeEventListener("click", closeOthers);
    removeEventListener("keydown", closeByKey, { capture: true });
  };
}

const openMenus = () => document.querySelectorAll<HTMLDetailsElement>("details.menu[open]");
