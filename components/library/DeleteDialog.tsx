import { plural } from "@/lib/shared/format.ts";
import { Dialog } from "../Dialog.tsx";

interface DeleteDialogProps {
  count: number;
  onCancel: () => void;
  onConfirm: () => void;
}

export function DeleteDialog({ count, onCancel, onConfirm }: DeleteDialogProps) {
  return (
    <Dialog title={`Delete ${plural(count, "record")}?`} onClose={onCancel}>
      <p>
        Notes, ratings, tags and everything else you set for {count === 1 ? "it" : "them"}{" "}
        will be gone. The files on disk stay where they are; the next import lists them again as
        new.
      </p>
      <div class="dialog-actions">
        <button type="button" class="btn" onClick={onCancel}>Keep</button>
        <button type="button" class="btn btn-danger" onClick={onConfirm}>
          Delete {plural(count, "record")}
        </button>
      </div>
    </Dialog>
  );
}
