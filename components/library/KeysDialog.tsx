import { Dialog } from "../Dialog.tsx";

const KEYS: readonly [string[], string][] = [
  [["/"], "Search (also Ctrl K)"],
  [["j", "k"], "Next and previous card"],
  [["←", "→", "↑", "↓"], "Move between cards, on a card"],
  [["Enter"], "Open the card"],
  [["Space"], "Put into the tray, or take out"],
  [["f"], "Favourite"],
  [["x"], "Select; with Shift, everything up to here"],
  [["e"], "Edit"],
  [["Alt", "↑", "↓"], "Reorder, in the tray"],
  [["Esc"], "Clear the selection"],
  [["?"], "These keys"],
];

interface KeysDialogProps {
  singleKeys: boolean;
  onSingleKeys: (on: boolean) => void;
  onClose: () => void;
}

export function KeysDialog({ singleKeys, onSingleKeys, onClose }: KeysDialogProps) {
  return (
    <Dialog title="Keys" onClose={onClose}>
      <dl class="facts">
        {KEYS.map(([keys, text]) => (
          <div key={text} class="contents">
            <dt class="flex gap-1">{keys.map((key) => <kbd key={key}>{key}</kbd>)}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <label class="flex items-center gap-2 text-s">
        <input
          type="checkbox"
          class="check"
          checked={singleKeys}
          onChange={(event) => onSingleKeys(event.currentTarget.checked)}
        />
        Use single-letter keys
      </label>
    </Dialog>
  );
}
