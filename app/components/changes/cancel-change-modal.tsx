import { CancelBatchModal } from "../batches/cancel-batch-modal.tsx";
import type { ChangeView } from "./change-view.server.ts";
import { codesText } from "./change-words.ts";

interface Props {
  batch: ChangeView;
  isOpen: boolean;
  onClose: () => void;
}

/** Says what cancelling does before it is done. */
export function CancelChangeModal({ batch, isOpen, onClose }: Props) {
  return (
    <CancelBatchModal isOpen={isOpen} onClose={onClose}>
      <p>{`${codesText(batch.done)} done so far. That stays so.`}</p>
      <p>{REST[batch.kind]} You can resume the batch later.</p>
    </CancelBatchModal>
  );
}

const REST: Record<ChangeView["kind"], string> = {
  retire: "Codes that are being taken away at this moment come to their end. All others stay.",
  rotate: "Old codes that still work go on working, beside the new ones that are made.",
  reassign:
    "Codes that are changing hands at this moment come to their end. All others stay with their partners.",
  "register-anew":
    "A code that is registered anew at this moment comes to its end. All others stay as they are.",
};
