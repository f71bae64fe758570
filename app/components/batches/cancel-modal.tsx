import type { BatchView } from "./batch-view.server.ts";
import { CancelBatchModal } from "./cancel-batch-modal.tsx";

interface Props {
  batch: BatchView;
  isOpen: boolean;
  onClose: () => void;
}

/** Says what cancelling does before it is done. */
export function CancelModal({ batch, isOpen, onClose }: Props) {
  return (
    <CancelBatchModal isOpen={isOpen} onClose={onClose}>
      <p>{madeText(batch.counts.live)}</p>
      <p>
        Codes that Shopify is making at this moment are finished. All others are not made.
        {batch.isRestKept && " You can resume the batch later."}
      </p>
    </CancelBatchModal>
  );
}

function madeText(live: number): string {
  if (live === 0) return "No code is made so far.";
  const made = live === 1 ? "1 code is made." : `${live.toLocaleString("en")} codes are made.`;
  return `${made} What is made stays: customers can use it, and it is registered at impact.com.`;
}
