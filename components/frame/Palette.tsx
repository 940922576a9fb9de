import { Icon } from "../Icon.tsx";
import type { IconName } from "../icon_names.ts";

export interface PaletteEntry {
  href: string;
  label: string;
  note: string;
  /** A picture for LoRAs, an icon for pages. */
  picture?: string;
  icon?: IconName;
}

interface PaletteProps {
  /** Null while it is closed: the list stays in the document, because the field points at it. */
  entries: readonly PaletteEntry[] | null;
  index: number;
}

/** What the search box offers. The pointer must not take the focus from the field, hence `mousedown`. */
export function Palette({ entries, index }: PaletteProps) {
  return (
    <div
      id="palette"
      class="palette"
      role="listbox"
      aria-label="Suggestions"
      hidden={entries === null}
      onMouseDown={(event) => event.preventDefault()}
    >
      {entries?.map(({ href, label, note, picture, icon }, at) => (
        <div
          key={href}
          id={`palette-${at}`}
          class="palette-option"
          role="option"
          aria-selected={at === index}
          onClick={() => location.assign(href)}
        >
          {picture && <img src={picture} width={28} height={28} alt="" />}
          {icon && <Icon name={icon} />}
          <span>{label}</span>
          <span class="palette-note">{note}</span>
        </div>
      ))}
      {entries?.length === 0 && (
        <div class="palette-option" role="option" aria-selected="false" aria-disabled="true">
          Nothing found
        </div>
      )}
    </div>
  );
}
